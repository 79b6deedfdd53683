"""A workflow of this application's own."""
from cloudify.decorators import workflow
from cloudify.workflows.tasks_graph import make_or_get_graph


@workflow(resumable=True)
def greet_everywhere(ctx, greeting, **_):
    """Lets every server greet, one after the other. Cancelled or interrupted, it goes on where it stopped when resumed."""
    servers = sorted(ctx.get_node('server').instances, key=lambda instance: instance.index)
    ctx.logger.info('%d servers will say %r' % (len(servers), greeting))
    greetings(ctx, servers, greeting, name='greetings').execute()
    ctx.logger.info('Everybody was greeted')


@make_or_get_graph
def greetings(ctx, servers, greeting):
    """The steps; under its name the graph is kept with the execution, and every finished step stays finished."""
    graph = ctx.graph_mode()
    sequence = graph.sequence()
    sequence.add(ctx.send_event('Greeting with %d servers' % len(servers)))
    for server in servers:
        sequence.add(
            server.send_event('Greeting'),
            server.execute_operation('app.greeting.greet', kwargs={'greeting': greeting}, allow_kwargs_override=True),
        )
    return graph
