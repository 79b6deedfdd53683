from cloudify.decorators import workflow
from cloudify.workflows.tasks_graph import make_or_get_graph


@workflow(resumable=True)
def migrate(ctx, needs, **_):
    """Migrates one server after the other; resumed, it goes on with the first that is not done."""
    steps(ctx, needs, name='migrate').execute()


@make_or_get_graph
def steps(ctx, needs):
    graph = ctx.graph_mode()
    sequence = graph.sequence()
    for server in sorted(ctx.get_node('server').instances, key=lambda each: each.index):
        sequence.add(server.execute_operation('fleet.operations.migrate', kwargs={'needs': needs}))
    return graph
