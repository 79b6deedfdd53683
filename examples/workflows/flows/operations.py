"""Operations that are functions, for what is too long for a script."""
import os

from cloudify.decorators import operation
from cloudify.exceptions import NonRecoverableError


@operation(resumable=True)
def migrate(ctx, needs, **_):
    """The second server cannot be migrated without the file."""
    if ctx.instance.index > 1 and not os.path.exists(needs):
        raise NonRecoverableError('there is no %s' % needs)
    ctx.instance.runtime_properties['migrated'] = True
    return '%s %d is migrated' % (ctx.node.id, ctx.instance.index)
