import os
import cloudify
from cloudify import ctx
from cloudify.decorators import operation
from cloudify.exceptions import NonRecoverableError, RecoverableError


@operation
def work(ctx, **kwargs):
    ctx.logger.info('work by %s' % ('cloudify-common' if 'site-packages' in cloudify.__file__ else 'another framework'))
    ctx.instance.runtime_properties['worked'] = True
    return ctx.get_resource('note.txt').decode()


@operation
def flaky(ctx, **kwargs):
    if ctx.operation.retry_number < 1:
        raise RecoverableError('not yet', retry_after=0)
    return 'at last'


@operation
def needs_flag(ctx, flag, **kwargs):
    if not os.path.exists(flag):
        raise NonRecoverableError('no flag')
