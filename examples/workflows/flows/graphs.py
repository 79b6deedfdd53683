"""Tasks that know what they wait for; what waits for nothing runs at the same time."""
from cloudify.decorators import workflow
from cloudify.workflows.tasks import HandlerResult
from cloudify.workflows.tasks_graph import forkjoin


@workflow
def roll_out(ctx, version, **_):
    """All servers are drained together; then one after the other is upgraded."""
    graph = ctx.graph_mode()
    sequence = graph.sequence()
    servers = list(ctx.get_node('server').instances)
    sequence.add(
        ctx.send_event('Draining %d servers' % len(servers)),
        forkjoin(*[server.execute_operation('fleet.operations.drain') for server in servers]),
    )
    for server in servers:
        sequence.add(upgrade(server, version))
    graph.execute()


def upgrade(server, version):
    return server.execute_operation('fleet.operations.upgrade', kwargs={'version': version}, allow_kwargs_override=True)


@workflow
def upgrade_all(ctx, **_):
    """A subgraph for each server; one that fails does not stop the others. The database is backed up before all."""
    graph = ctx.graph_mode()
    backups = []
    for database in ctx.get_node('database').instances:
        task = database.execute_operation('fleet.operations.backup', kwargs={'rows': 0})
        graph.add_task(task)
        backups.append(task)
    for server in ctx.get_node('server').instances:
        subgraph = graph.subgraph('upgrade_%s' % server.id)
        subgraph.sequence().add(
            server.send_event('Upgrading'),
            upgrade(server, 'unknown' if server.index == 1 else '2.0'),
            server.set_state('started'),
        )
        subgraph.on_failure = leave_it
        for task in backups:
            graph.add_dependency(subgraph, task)
    graph.execute()


def leave_it(subgraph):
    subgraph.workflow_context.logger.warning('%s was left as it is' % subgraph.name.split('_')[1])
    return HandlerResult.ignore()
