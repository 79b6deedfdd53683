import os

from cloudify import ctx
from cloudify.state import ctx_parameters as inputs

if not os.path.exists(inputs.file):
    ctx.abort_operation('there is no %s' % inputs.file)
else:
    ctx.logger.info('restored from %s' % os.path.basename(inputs.file))
