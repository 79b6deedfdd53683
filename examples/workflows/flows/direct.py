"""Operations called one after the other, as in any program."""
from cloudify.decorators import workflow


@workflow
def backup(ctx, **_):
    """Checks the databases, and backs up those that are not empty."""
    for instance in ctx.get_node('database').instances:
        rows = instance.execute_operation('fleet.operations.check').get()
        if rows == 0:
            instance.logger.warning('nothing to back up')
            continue
        instance.set_state('backing up').get()
        file = instance.execute_operation('fleet.operations.backup', kwargs={'rows': rows}).get()
        instance.set_state('started').get()
        ctx.send_event('%s rows are in %s' % (rows, file)).get()
