"""Where the server's API is heard over HTTP, for code that brings a client of its own."""


class RestAccess(object):
    """Part of the contexts of operations and workflows. The token is worth something until the execution ends."""

    _access = None

    def _asked_access(self):
        if self._access is None:
            self._access = self._channel.call('rest-access')
        return self._access

    @property
    def rest_host(self):
        return ['127.0.0.1']

    @property
    def rest_port(self):
        return self._asked_access()['port']

    @property
    def rest_token(self):
        return self._asked_access()['token']

    execution_token = rest_token
