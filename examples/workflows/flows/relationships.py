from cloudify.decorators import workflow


@workflow
def connect(ctx, **_):
    """First the database lets each server in, then the server is told where it is."""
    for instance in ctx.get_node('server').instances:
        for relationship in instance.relationships:
            relationship.execute_target_operation('fleet.connection.allow').get()
            relationship.execute_source_operation('fleet.connection.point').get()
