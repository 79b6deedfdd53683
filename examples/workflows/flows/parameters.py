from cloudify.decorators import workflow


@workflow
def greet(ctx, greeting, times, to, **_):
    for name in to or [instance.id for instance in ctx.get_node('server').instances]:
        ctx.logger.info(', '.join([greeting] * times + [name]))
