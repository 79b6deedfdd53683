from cloudify import ctx
from cloudify.state import ctx_parameters as inputs

line = '%s from %s' % (inputs.greeting, ctx.instance.id)
with open(ctx.instance.runtime_properties['guest_book'], 'a') as book:
    book.write(line + '\n')

greetings = ctx.instance.runtime_properties.get('greetings', 0)
ctx.instance.runtime_properties['greetings'] = greetings + 1
ctx.returns(line)
