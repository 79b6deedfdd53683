from cloudify.decorators import workflow


@workflow
def inspect(ctx, **_):
    """What a workflow can see of its deployment."""
    ctx.logger.info('%s runs %s' % (ctx.deployment.id, ctx.workflow_id))
    for node in ctx.nodes:
        ctx.logger.info('%s: %s, %s' % (node.id, node.type, dict(node.properties)))
        for instance in node.instances:
            ctx.logger.info('%s %d: %s' % (node.id, instance.index, dict(instance.runtime_properties)))
            for relationship in instance.relationships:
                ctx.logger.info('%s uses %s' % (node.id, relationship.target_node_instance.node_id))

    database = next(ctx.get_node('database').instances)
    database.execute_operation('fleet.operations.check').get()
    ctx.refresh_node_instances()
    checked = next(ctx.get_node('database').instances)
    ctx.logger.info('rows now: %s' % checked.runtime_properties['rows'])
