from cloudify import ctx
from cloudify.state import ctx_parameters as inputs

if inputs.version == 'unknown':
    ctx.abort_operation('there is no such version')
else:
    path = ctx.download_resource_and_render('templates/server.conf', template_variables={'version': inputs.version})
    ctx.instance.runtime_properties['configuration'] = path
    ctx.returns('%s %d runs %s' % (ctx.node.id, ctx.instance.index, inputs.version))
