from cloudify import ctx

allowed = ctx.target.instance.runtime_properties.setdefault('allowed', [])
allowed.append(ctx.source.instance.id)
ctx.logger.info('%d servers may connect' % len(allowed))
