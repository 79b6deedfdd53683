from cloudify.decorators import workflow
from cloudify.plugins import lifecycle


@workflow(resumable=True)
def renew(ctx, **_):
    """Takes down and installs one server after the other, so that there is always one."""
    graph = ctx.graph_mode()
    for server in sorted(ctx.get_node('server').instances, key=lambda each: each.index):
        lifecycle.reinstall_node_instances(graph, [server], ignore_failure=False)
        ctx.logger.info('Server %d is renewed' % server.index)
