"""``from cloudify.workflows import ctx, parameters, api``: what a workflow's function works with."""
from cloudify.state import workflow_ctx as ctx  # noqa: F401
from cloudify.state import workflow_parameters as parameters  # noqa: F401
from cloudify.workflows import api  # noqa: F401
