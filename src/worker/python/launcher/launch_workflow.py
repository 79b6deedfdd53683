"""Runs a workflow of the cloudify-common framework where there is no message broker.

The framework would send each operation to a queue. Here its dispatcher is replaced before anything imports it: an
operation is described on the line to the worker that started this process, and the worker runs it.
"""
import json
import os
import sys
import threading
import types

from cloudify import dispatch, exceptions
from cloudify.error_handling import deserialize_known_exception
from cloudify.state import current_workflow_ctx
from cloudify.workflows import tasks


class Line(object):
    """JSON messages over the descriptor 3."""

    def __init__(self):
        self._out = os.fdopen(os.dup(3), 'w')
        self._in = os.fdopen(3, 'r')
        self._lock = threading.Lock()
        self._waiting = {}
        reader = threading.Thread(target=self._read, name='line-to-the-worker')
        reader.daemon = True
        reader.start()

    def ask(self, number, message, answer):
        """Sends the message; calls ``answer`` in a thread of its own when the worker has answered."""
        with self._lock:
            self._waiting[number] = answer
            self._out.write(json.dumps(message) + '\n')
            self._out.flush()

    def _read(self):
        for text in self._in:
            message = json.loads(text)
            with self._lock:
                answer = self._waiting.pop(message['reply'], None)
            if answer is not None:
                thread = threading.Thread(target=answer, args=(message['outcome'],))
                thread.daemon = True
                thread.start()
        # The worker has died: whoever takes over starts this workflow anew.
        os._exit(1)


class TaskDispatcher(object):
    """What the framework hands its operations to."""

    line = None

    def __init__(self, workflow_ctx):
        self.workflow_ctx = workflow_ctx

    def wait_for_result(self, task, target):
        # One that an earlier process had sent: its answer may be there, or it is to run again.
        if task.get_state() in (tasks.TASK_SENT, tasks.TASK_STARTED, tasks.TASK_RESPONSE_SENT):
            self._run(task, resume=True)

    def send_task(self, task, target, queue):
        self._run(task, resume=False)

    def cleanup(self):
        """Nothing is kept open."""

    def _run(self, task, resume):
        kwargs = dict(task.kwargs)
        context = kwargs.pop('__cloudify_context')
        hidden = ('execution_token', 'rest_token')
        context = dict((key, value) for key, value in context.items() if key not in hidden)
        retries = {'current': task.current_retries, 'total': task.total_retries}
        message = {'operation': context, 'id': task.id, 'kwargs': kwargs, 'resume': resume, 'retries': retries}
        self.line.ask(task.id, message, lambda outcome: self._ended(task, outcome))

    def _ended(self, task, outcome):
        if task.is_terminated:
            return
        with current_workflow_ctx.push(task.workflow_context):
            if outcome['succeeded']:
                task.set_state(tasks.TASK_SUCCEEDED, result=outcome['result'])
                task.async_result.result = outcome['result']
                return
            task.error = outcome['error']
            error = deserialize_known_exception(dict(outcome['error']))
            retry = isinstance(error, exceptions.OperationRetry)
            task.set_state(tasks.TASK_RESCHEDULED if retry else tasks.TASK_FAILED, exception=error)
            task.async_result.result = error


def main():
    TaskDispatcher.line = Line()
    replacement = types.ModuleType('cloudify.workflows.amqp_dispatcher')
    replacement.TaskDispatcher = TaskDispatcher
    sys.modules[replacement.__name__] = replacement
    dispatch.main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads of user code that still run do not keep the process.
    os._exit(0)


if __name__ == '__main__':
    main()
