"""The older name of ``cloudify.workflows.api``."""
from cloudify.workflows.api import *  # noqa: F401,F403
