"""Marks functions of plugins and blueprints as operations and workflows."""
from functools import wraps

from cloudify.exceptions import OperationRetry
from cloudify.state import current_ctx, current_workflow_ctx


def operation(func=None, resumable=False, **_):
    """Gives the function ``ctx``; ``resumable``: it may be started again after it was interrupted."""
    if func is None:
        return lambda wrapped: operation(wrapped, resumable=resumable)

    @wraps(func)
    def wrapper(*args, **kwargs):
        if kwargs.get('ctx') is None:
            kwargs['ctx'] = current_ctx.get_ctx()
        return func(*args, **kwargs)

    wrapper.resumable = resumable
    return wrapper


def workflow(func=None, system_wide=False, resumable=False, **_):
    """Gives the function ``ctx``; ``resumable``: it may run again to finish what an earlier run began."""
    if func is None:
        return lambda wrapped: workflow(wrapped, system_wide=system_wide, resumable=resumable)

    @wraps(func)
    def wrapper(*args, **kwargs):
        if kwargs.get('ctx') is None:
            kwargs['ctx'] = current_workflow_ctx.get_ctx()
        return func(*args, **kwargs)

    wrapper.resumable = resumable
    wrapper.workflow_system_wide = system_wide
    return wrapper


def serial_operation(threshold=0, workflows=None, states=None):
    """Lets the instances of a node run the operation one after another, in the order of their index.

    An instance waits until those before it are in one of ``states``, or, above a ``threshold``, until so many are.
    """
    workflows = workflows or ['install']
    states = states or ['started']

    def decorate(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            ctx = kwargs.get('ctx') or current_ctx.get_ctx()
            if ctx.workflow_id in workflows and _must_wait(ctx, threshold, states):
                raise OperationRetry('Waiting for the instances of %s that come before %s' % (ctx.node.id, ctx.instance.id))
            return func(*args, **kwargs)

        wrapper.resumable = getattr(func, 'resumable', False)
        return wrapper

    return decorate


def _must_wait(ctx, threshold, states):
    from cloudify.manager import get_rest_client
    instances = get_rest_client().node_instances.list(deployment_id=ctx.deployment.id, node_id=ctx.node.id)
    ready = [instance for instance in instances if instance.state in states]
    if threshold > 0 and len(ready) >= threshold:
        return False
    return any(instance.index < ctx.instance.index and instance.state not in states for instance in instances)
