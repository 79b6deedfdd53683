from cloudify.decorators import operation


@operation
def greet(ctx, **_):
    return 'Hello from %s %d' % (ctx.node.id, ctx.instance.index)
