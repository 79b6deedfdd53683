from cloudify import ctx

if ctx.operation.retry_number < 2:
    ctx.retry_operation('still cold')
else:
    ctx.returns('%s %d is warm' % (ctx.node.id, ctx.instance.index))
