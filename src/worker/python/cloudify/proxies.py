"""Names that mean something else in each operation, and may be imported before it is known what."""


class Proxy(object):
    """Stands for what ``find()`` returns at the moment of use."""

    def __init__(self, find):
        object.__setattr__(self, '_find', find)

    def __getattr__(self, name):
        return getattr(self._find(), name)

    def __setattr__(self, name, value):
        setattr(self._find(), name, value)

    def __getitem__(self, key):
        return self._find()[key]

    def __setitem__(self, key, value):
        self._find()[key] = value

    def __delitem__(self, key):
        del self._find()[key]

    def __contains__(self, key):
        return key in self._find()

    def __iter__(self):
        return iter(self._find())

    def __len__(self):
        return len(self._find())

    def __eq__(self, other):
        return self._find() == other

    def __repr__(self):
        return repr(self._find())

    def __dir__(self):
        return dir(self._find())


class AttributeDict(dict):
    """A dictionary whose keys are attributes too."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)
