"""Runs one workflow function or script for the worker."""
from cloudify.dispatch import compiled, failure, find_function
from cloudify.exceptions import NonRecoverableError, WorkflowFailed
from cloudify.state import current_workflow_ctx
from cloudify.workflows import api
from cloudify.workflows.workflow_context import CloudifyWorkflowContext


def run_workflow(job, channel):
    ctx = CloudifyWorkflowContext(job, channel)
    current_workflow_ctx.set(ctx, dict(job['parameters'], ctx=ctx))
    try:
        result = _run(job, ctx)
        if result == api.EXECUTION_CANCELLED_RESULT:
            return {'cancelled': True}
        ctx.wait_for_started()
        return {'ok': True, 'result': None}
    except api.ExecutionCancelled:
        return {'cancelled': True}
    except WorkflowFailed as error:
        return dict(failure(error), traceback=str(error))
    except BaseException as error:
        return failure(error)


def _run(job, ctx):
    call = job['call']
    if call['kind'] == 'script':
        code = compiled(call['path'], False)
        exec(code, {'__name__': '__main__', '__file__': call['path'], '__builtins__': __builtins__, 'ctx': ctx})
        return None
    function = find_function(call['path'])
    if ctx.resume and not getattr(function, 'resumable', False):
        ctx.channel.send({'not-resumable': True})
        raise NonRecoverableError('Cannot resume - workflow not resumable: %r' % function)
    ctx.channel.send({'running': True})
    return function(ctx=ctx, **job['parameters'])
