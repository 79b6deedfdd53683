from cloudify.manager import CloudifyClientError  # noqa: F401
