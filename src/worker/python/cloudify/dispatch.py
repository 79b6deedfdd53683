"""Runs one operation or workflow for the worker that started this process, and tells it how it ended."""
import importlib
import os
import sys
import traceback

from cloudify.channel import Channel
from cloudify.exceptions import NonRecoverableError, OperationRetry, RecoverableError


def main():
    channel = Channel()
    job = channel.first()
    sys.argv = ['cloudify.dispatch']
    if job['type'] == 'workflow':
        from cloudify.workflows.dispatch import run_workflow
        end = run_workflow(job, channel)
    else:
        end = run_operation(job, channel)
    try:
        channel.finish({'end': end})
    except (TypeError, ValueError):
        # The result is nothing that JSON can say.
        _leave(1)
    _leave(0)


def _leave(code):
    """Ends the process although threads of user code may still run."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run_operation(message, channel):
    from cloudify.context import CloudifyContext
    from cloudify.state import current_ctx
    job = message['job']
    ctx = CloudifyContext(job, channel, message['serverSocket'])
    current_ctx.set(ctx, job['inputs'])
    call = job['call']
    try:
        if call['kind'] == 'script':
            code = compiled(call['path'], call['undecided'])
            if code is None:
                return {'unreadable': True}
            result = run_script(code, ctx)
        else:
            result = run_function(call['path'], ctx, job)
    except BaseException as error:
        return failure(error, store(ctx))
    try:
        ctx.store_properties()
    except Exception as error:
        return failure(error)
    return {'ok': True, 'result': result}


def run_function(path, ctx, job):
    function = find_function(path)
    if job['resume'] and not getattr(function, 'resumable', False):
        raise NonRecoverableError('Cannot resume - operation not resumable: %s' % path)
    kwargs = dict(job['inputs'])
    kwargs['ctx'] = ctx
    result = function(**kwargs)
    if ctx.operation.requested_retry is not None:
        raise ctx.operation.requested_retry
    return result


def compiled(path, undecided):
    with open(path, 'rb') as script:
        source = script.read()
    try:
        return compile(source, path, 'exec')
    except SyntaxError:
        if undecided:
            return None
        raise


def run_script(code, ctx):
    from cloudify.context import UNSET
    sys.path.insert(0, os.path.dirname(code.co_filename))
    exec(code, {'__name__': '__main__', '__file__': code.co_filename, '__builtins__': __builtins__, 'ctx': ctx})
    if isinstance(ctx.return_value, Exception):
        raise ctx.return_value
    if ctx.operation.requested_retry is not None:
        raise ctx.operation.requested_retry
    return None if ctx.return_value is UNSET else ctx.return_value


def find_function(path):
    module_name, _, name = path.rpartition('.')
    if not module_name:
        raise NonRecoverableError('%s is not the dotted path of a function' % path)
    module = importlib.import_module(module_name)
    try:
        return getattr(module, name)
    except AttributeError:
        raise NonRecoverableError("%s has no function named '%s' " % (module_name, name))


def store(ctx):
    """Stores the runtime properties of a failed operation; says what went wrong with that, if anything did."""
    try:
        ctx.store_properties()
        return None
    except Exception as error:
        return 'The runtime properties could not be stored: %s' % error


def failure(error, addition=None):
    """How the worker hears of an error."""
    if isinstance(error, OperationRetry):
        kind = 'reschedule'
    elif isinstance(error, (NonRecoverableError, ImportError, SyntaxError)):
        kind = 'non-recoverable'
    else:
        kind = 'recoverable'
    retry_after = getattr(error, 'retry_after', None) if isinstance(error, RecoverableError) else None
    text = str(error) + ('\n' + addition if addition else '')
    if kind == 'reschedule' and retry_after is not None:
        text = text.replace(' [retry_after=%s]' % retry_after, '')
    return {'ok': False, 'kind': kind, 'type': type(error).__name__, 'message': text, 'retry_after': retry_after,
            'traceback': user_traceback(error)}


def user_traceback(error):
    """The traceback from where user code begins, in the form that an execution's error shows."""
    own = os.path.dirname(os.path.abspath(__file__))
    frames = traceback.extract_tb(error.__traceback__)
    while frames and os.path.abspath(frames[0][0]).startswith(own):
        frames = frames[1:]
    while frames and frames[0][0].startswith('<frozen importlib'):
        frames = frames[1:]
    if error.__cause__ is not None or (error.__context__ is not None and not error.__suppress_context__):
        chain = traceback.format_exception(type(error), error, error.__traceback__)
        return ''.join(chain).rstrip()
    lines = ''.join(traceback.format_list(frames)).splitlines()
    shown = [line[2:] if line.startswith('  ') else line for line in lines]
    return '\n'.join(shown + [''.join(traceback.format_exception_only(type(error), error)).rstrip()])


if __name__ == '__main__':
    main()
