"""Tasks as workflow functions hold them. The worker's engine runs them; these are descriptions and results."""
import threading
import uuid

from cloudify import exceptions
from cloudify.workflows import api

INFINITE_TOTAL_RETRIES = -1

TASK_PENDING = 'pending'
TASK_SENDING = 'sending'
TASK_SENT = 'sent'
TASK_STARTED = 'started'
TASK_RESPONSE_SENT = 'response-sent'
TASK_RESCHEDULED = 'rescheduled'
TASK_SUCCEEDED = 'succeeded'
TASK_FAILED = 'failed'
TERMINATED_STATES = [TASK_RESCHEDULED, TASK_SUCCEEDED, TASK_FAILED]


class HandlerResult(object):
    """What a handler decided about a task that has ended."""

    HANDLER_RETRY = 'handler_retry'
    HANDLER_FAIL = 'handler_fail'
    HANDLER_IGNORE = 'handler_ignore'
    HANDLER_CONTINUE = 'handler_continue'

    _WIRE = {HANDLER_RETRY: 'retry', HANDLER_FAIL: 'fail', HANDLER_IGNORE: 'ignore', HANDLER_CONTINUE: 'continue'}

    def __init__(self, action, ignore_total_retries=False, retry_after=None):
        self.action = action
        self.ignore_total_retries = ignore_total_retries
        self.retry_after = retry_after

    @classmethod
    def retry(cls, ignore_total_retries=False, retry_after=None):
        return cls(cls.HANDLER_RETRY, ignore_total_retries, retry_after)

    @classmethod
    def fail(cls):
        return cls(cls.HANDLER_FAIL)

    @classmethod
    def ignore(cls):
        return cls(cls.HANDLER_IGNORE)

    @classmethod
    def cont(cls):
        return cls(cls.HANDLER_CONTINUE)

    def as_verdict(self):
        return {'action': self._WIRE[self.action], 'ignoreTotalRetries': self.ignore_total_retries,
                'retryAfter': self.retry_after}


class WorkflowTask(object):
    """One step. ``on_success`` and ``on_failure`` may be set to functions that take the task and return a HandlerResult."""

    def __init__(self, ctx, name, work, node_instance=None, function=None, total_retries=None, retry_interval=None,
                 send_task_events=True, info=None):
        self.workflow_context = ctx
        self.id = str(uuid.uuid4())
        self.name = name
        self.work = work
        self.info = info
        self.node_instance = node_instance
        self.function = function
        self.total_retries = ctx.task_retries if total_retries is None else total_retries
        self.retry_interval = ctx.task_retry_interval if retry_interval is None else retry_interval
        self.send_task_events = send_task_events
        self.current_retries = 0
        self.on_success = None
        self.on_failure = None
        #: What the engine does where there is no handler.
        self.success_policy, self.failure_policy = 'continue', 'retry'
        #: What a check's outcome is to be written to.
        self.record = None
        self.containing_subgraph = None
        self.dependencies = set()
        self.state = TASK_PENDING
        self.async_result = TaskResult(self)

    @property
    def error(self):
        return self.async_result.error

    @property
    def cloudify_context(self):
        return self.work.get('call', {})

    def get_state(self):
        return self.state

    def set_state(self, state):
        self.state = state
        return self

    @property
    def is_subgraph(self):
        return self.work['type'] == 'SubgraphTask'

    @property
    def task_type(self):
        return self.work['type']

    @property
    def is_terminated(self):
        return self.state in TERMINATED_STATES

    @property
    def short_description(self):
        """The task's name, with instance and operation where it has them: what errors call it."""
        if not self.is_remote():
            return self.name
        return '%s (%s:%s)' % (self.name, self.work['call']['nodeInstanceId'], self.work['call']['operation'])

    def is_nop(self):
        return self.work['type'] == 'NOPLocalWorkflowTask'

    def is_remote(self):
        return self.work['type'] == 'RemoteWorkflowTask'

    def is_local(self):
        return not self.is_remote()

    def described(self):
        """The task as the worker's engine takes it."""
        subgraph = self.containing_subgraph
        dependencies = sorted(self.dependencies | ({subgraph.id} if subgraph else set()))
        return {
            'id': self.id, 'name': self.name, 'work': self.work, 'state': 'pending', 'info': self.info,
            'dependencies': dependencies, 'subgraph': subgraph.id if subgraph else None,
            'currentRetries': 0, 'totalRetries': self.total_retries, 'retryInterval': self.retry_interval,
            'retriedTask': None, 'executeAfter': None, 'sendTaskEvents': self.send_task_events,
            'onSuccess': 'consult' if self.on_success else self.success_policy,
            'onFailure': 'consult' if self.on_failure else self.failure_policy, 'record': self.record, 'failure': None,
        }

    def __eq__(self, other):
        return self.id == getattr(other, 'id', other)

    def __hash__(self):
        return hash(self.id)

    def __repr__(self):
        return '<%s %s (%s)>' % (self.work['type'], self.name, self.id)


class TaskResult(object):
    """The outcome that is to come of a task that was started directly."""

    def __init__(self, task):
        self.task = task
        self.result = None
        self.error = None
        self.retrieved = False
        self._settled = threading.Event()

    def settle(self, outcome):
        if outcome['succeeded']:
            self.task.state, self.result, self.error = TASK_SUCCEEDED, outcome['result'], None
        else:
            self.task.state, self.result, self.error = TASK_FAILED, None, as_exception(outcome.get('failure'))
        self._settled.set()

    def is_settled(self):
        return self._settled.is_set()

    def get(self, retry_on_failure=True):
        """Waits for the end of the task, retries included; returns its result or raises its error."""
        self.retrieved = True
        while not self._settled.wait(0.05):
            if api.has_cancel_request():
                raise api.ExecutionCancelled()
        if self.error is not None:
            raise self.error
        return self.result


class NothingToRun(object):
    """What stands for the result of an operation that the node does not have."""

    def __init__(self, task, node, operation):
        self.task = task
        self._text = "node %s has no operation '%s'; ask node.has_operation() first" % (node, operation)

    def __getattr__(self, name):
        raise AttributeError(self.__dict__.get('_text', name))


def as_exception(failure):
    """The error of a task as the exception that a workflow may catch."""
    if failure is None:
        return exceptions.NonRecoverableError('')
    known = getattr(exceptions, failure['type'], None)
    message = failure['message']
    if known in (exceptions.RecoverableError, exceptions.OperationRetry, exceptions.ProcessException):
        error = known(message)
        error.retry_after = failure['retryAfter']
    elif failure['kind'] == 'non-recoverable':
        error = exceptions.NonRecoverableError(message)
    else:
        error = exceptions.RecoverableError(message)
    error.causes = failure['causes']
    return error
