"""The context and the parameters of what runs in this thread."""
import threading

from cloudify.proxies import AttributeDict, Proxy


class Current(object):
    """One value per thread; threads that have none of their own see the one of the process."""

    def __init__(self, name):
        self._name = name
        self._local = threading.local()
        self._of_process = None

    def set(self, value, parameters=None):
        self._local.value = (value, AttributeDict(parameters or {}))
        self._of_process = self._local.value

    def clear(self):
        self._local.value = self._of_process = None

    def _both(self):
        both = getattr(self._local, 'value', None) or self._of_process
        if both is None:
            raise RuntimeError('No %s is set: this code runs outside of it' % self._name)
        return both

    def get_ctx(self):
        return self._both()[0]

    def get_parameters(self):
        return self._both()[1]


current_ctx = Current('operation context')
current_workflow_ctx = Current('workflow context')

ctx = Proxy(current_ctx.get_ctx)
ctx_parameters = Proxy(current_ctx.get_parameters)
workflow_ctx = Proxy(current_workflow_ctx.get_ctx)
workflow_parameters = Proxy(current_workflow_ctx.get_parameters)
