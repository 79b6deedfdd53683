from cloudify import ctx

port = ctx.node.properties['port'] + ctx.instance.index - 1
path = ctx.download_resource_and_render('templates/server.conf', template_variables={'port': port})

ctx.instance.runtime_properties['port'] = port
ctx.instance.runtime_properties['configuration'] = path
ctx.logger.info('%s will listen on port %d' % (ctx.instance.id, port))
