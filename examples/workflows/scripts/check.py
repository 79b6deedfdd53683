from cloudify import ctx

rows = ctx.node.properties['size'] * 100
ctx.instance.runtime_properties['rows'] = rows
ctx.logger.info('%s holds %d rows' % (ctx.node.id, rows))
ctx.returns(rows)
