from cloudify.decorators import operation


@operation
def describe(ctx, **_):
    return '%s is a %s' % (ctx.node.id, ctx.node.type)
