"""What operations and workflows import: ``from cloudify import ctx``. Needs the standard library only."""
from cloudify.state import ctx  # noqa: F401
