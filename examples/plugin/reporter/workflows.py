from cloudify.decorators import workflow


@workflow
def report(ctx, **_):
    """Has every instance that can describe itself do so, all at the same time."""
    graph = ctx.graph_mode()
    tasks = [
        instance.execute_operation('reporter.operations.describe')
        for instance in ctx.node_instances
        if instance.node.has_operation('reporter.operations.describe')
    ]
    for task in tasks:
        graph.add_task(task)
    graph.execute()
    ctx.logger.info('%d instances were described' % len(tasks))
