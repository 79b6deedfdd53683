"""``ctx.capabilities``: what the instances that this one has relationships to have left in their runtime properties."""
from cloudify.exceptions import NonRecoverableError


class ContextCapabilities(object):
    def __init__(self, instance):
        self._of = dict((each.target.instance.id, each.target.instance.runtime_properties)
                        for each in instance.relationships)

    def get_all(self):
        """Runtime properties by the ids of the instances."""
        return self._of

    def _with(self, key):
        return [properties for properties in self._of.values() if key in properties]

    def __contains__(self, key):
        return len(self._with(key)) == 1

    def __getitem__(self, key):
        found = self._with(key)
        if len(found) != 1:
            raise NonRecoverableError("%d of the instances %s have '%s'" % (len(found), ', '.join(sorted(self._of)), key))
        return found[0][key]

    def __repr__(self):
        return '<ContextCapabilities %r>' % self._of
