from cloudify.decorators import workflow


@workflow
def greet_all(ctx, **_):
    graph = ctx.graph_mode()
    for instance in ctx.node_instances:
        if instance.node.has_operation('fleet.operations.greet'):
            graph.add_task(instance.execute_operation('fleet.operations.greet'))
    graph.execute()
