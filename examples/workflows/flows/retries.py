from cloudify.decorators import workflow
from cloudify.exceptions import NonRecoverableError


@workflow
def warm_up(ctx, **_):
    """The operation asks to be called again until the server is warm."""
    results = [server.execute_operation('fleet.operations.warm_up') for server in ctx.get_node('server').instances]
    for result in results:
        ctx.logger.info(result.get())


@workflow
def restore(ctx, file, **_):
    """Restores from the file, or from the last backup when that fails for good."""
    database = next(ctx.get_node('database').instances)
    try:
        database.execute_operation('fleet.operations.restore', kwargs={'file': file}).get()
    except NonRecoverableError as error:
        ctx.logger.warning('%s; taking the last backup' % error)
        last = database.runtime_properties['backup']
        database.execute_operation('fleet.operations.restore', kwargs={'file': last}).get()
