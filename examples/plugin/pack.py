"""Packs the folder `reporter` beside this file as a wagon, here: python3 pack.py [REQUIREMENT ...]

A wagon is a tar.gz of a package.json and wheels. This makes the wheel of a package in pure Python, with nothing but
Python; `wagon create` packs any package together with all that it requires.
"""
import io
import json
import os
import sys
import tarfile
import zipfile

NAME, VERSION = 'reporter', '1.0'
WHEEL = '%s-%s-py3-none-any.whl' % (NAME, VERSION)
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), NAME)


def wheel(requirements):
    info = '%s-%s.dist-info/' % (NAME, VERSION)
    files = {NAME + '/' + file: open(os.path.join(SOURCE, file)).read()
             for file in sorted(os.listdir(SOURCE)) if file.endswith('.py')}
    files[info + 'METADATA'] = 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' % (NAME, VERSION)
    files[info + 'METADATA'] += ''.join('Requires-Dist: %s\n' % requirement for requirement in requirements)
    files[info + 'WHEEL'] = 'Wheel-Version: 1.0\nGenerator: pack\nRoot-Is-Purelib: true\nTag: py3-none-any\n'
    files[info + 'RECORD'] = ''.join('%s,,\n' % file for file in [*files, info + 'RECORD'])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return packed.getvalue()


def pack(requirements):
    description = {'package_name': NAME, 'package_version': VERSION, 'package_source': NAME, 'wheels': [WHEEL],
                   'archive_name': WHEEL.replace('.whl', '.wgn'), 'supported_platform': 'any'}
    with tarfile.open(description['archive_name'], 'w:gz') as archive:
        for path, content in [('package.json', json.dumps(description).encode()), ('wheels/' + WHEEL, wheel(requirements))]:
            entry = tarfile.TarInfo('%s/%s' % (NAME, path))
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    print(description['archive_name'])


if __name__ == '__main__':
    pack(sys.argv[1:])
