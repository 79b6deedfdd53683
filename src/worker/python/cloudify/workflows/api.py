"""How a workflow learns that it should stop, and says that it did."""
import threading

#: Returned by older workflows instead of raising ExecutionCancelled.
EXECUTION_CANCELLED_RESULT = 'execution_cancelled'

cancel_request = threading.Event()
force_cancel_request = threading.Event()
kill_request = threading.Event()

#: Functions without arguments, called once when a cancel is asked for.
cancel_callbacks = set()


class ExecutionCancelled(Exception):
    """The workflow stops because it was asked to."""


def has_cancel_request():
    return cancel_request.is_set()


def has_force_cancel_request():
    return force_cancel_request.is_set()


def has_kill_request():
    return kill_request.is_set()


def set_cancel_request():
    if cancel_request.is_set():
        return
    cancel_request.set()
    for callback in list(cancel_callbacks):
        callback()
