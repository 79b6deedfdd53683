"""The errors by which an operation or a workflow says what is to happen next."""


class NonRecoverableError(Exception):
    """Trying again is useless."""

    def __init__(self, *args, **kwargs):
        self.causes = kwargs.pop('causes', [])
        super(NonRecoverableError, self).__init__(*args, **kwargs)


class RecoverableError(Exception):
    """The next attempt may succeed; ``retry_after`` seconds from now, or after the task's own interval."""

    def __init__(self, message='', retry_after=None, causes=None, **kwargs):
        if retry_after is not None:
            message = '%s [retry_after=%s]' % (message, retry_after)
        self.retry_after = retry_after
        self.causes = causes or []
        super(RecoverableError, self).__init__(message)


class OperationRetry(RecoverableError):
    """The operation has not failed: it asks to be called again."""


class ProcessException(RecoverableError):
    """A script ended with an exit code other than 0."""


class HttpException(NonRecoverableError):
    """A resource could not be fetched."""

    def __init__(self, url='', code=404, message='', causes=None, **kwargs):
        self.url, self.code, self.message = url, code, message
        super(HttpException, self).__init__('%s (%s) : %s' % (url, code, message), causes=causes or [])


class CommandExecutionException(Exception):
    """A local command ended with an exit code other than 0."""

    def __init__(self, command, error, output, code):
        self.command, self.error, self.output, self.code = command, error, output, code
        super(CommandExecutionException, self).__init__(
            "Command '%s' executed with an error.\ncode: %s\nerror: %s\noutput: %s" % (command, code, error, output))


class CommandExecutionError(CommandExecutionException):
    """A command ended with an error."""


class TimeoutException(Exception):
    """Something took too long."""


class UserException(Exception):
    """The user asked for something that cannot be."""


class WorkflowFailed(RuntimeError):
    """Tasks of the workflow's graph failed."""

    hide_traceback = True


class ProcessKillCancelled(Exception):
    """The operation's process was ended by a kill."""


class DependencyError(NonRecoverableError):
    """A task that this one depends on failed."""


class UnsupportedOperation(NonRecoverableError):
    """The operation cannot be done here."""
