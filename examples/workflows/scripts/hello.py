from cloudify.workflows import ctx, parameters

for instance in ctx.node_instances:
    ctx.logger.info('%s is %s' % (instance.id, instance.state))
