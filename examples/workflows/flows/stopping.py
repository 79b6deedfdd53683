import threading

from cloudify.decorators import workflow
from cloudify.workflows import api


@workflow
def watch(ctx, **_):
    """Looks at the servers until it is asked to stop."""
    stopped = threading.Event()
    api.cancel_callbacks.add(stopped.set)
    ctx.logger.info('watching')
    while not stopped.wait(30):
        ctx.refresh_node_instances()
        ctx.logger.info('states: %s' % [instance.state for instance in ctx.node_instances])
    ctx.logger.info('cleaning up')
    raise api.ExecutionCancelled()
