import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Makes a package with one module that answers where it came from; Python has all that this needs. */
const PACK = `
import io, json, sys, tarfile, zipfile

kind, target, name, version, needs = sys.argv[1:]
MODULE = "def origin(**_):\\n    return %r\\n" % ('%s %s' % (kind, version))
METADATA = 'Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n' % (name, version)
if needs:
    METADATA += 'Requires-Dist: %s\\n' % needs


def wheel(of):
    info = '%s-%s.dist-info/' % (of, version)
    files = {of + '.py': MODULE, info + 'METADATA': METADATA if of == name else METADATA.replace(name, of, 1).split('Requires')[0],
             info + 'WHEEL': 'Wheel-Version: 1.0\\nGenerator: tests\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'}
    files[info + 'RECORD'] = ''.join('%s,,\\n' % file for file in files) + info + 'RECORD,,\\n'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w') as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return '%s-%s-py3-none-any.whl' % (of, version), packed.getvalue()


# A build backend of its own, so that nothing is needed to build it.
BACKEND = '''
import base64
def build_wheel(directory, config_settings=None, metadata_directory=None):
    with open(directory + '/%s', 'wb') as target:
        target.write(base64.b64decode(%r))
    return %r
'''
if kind == 'wheel':
    open(target, 'wb').write(wheel(name)[1])
else:
    import base64
    top = '%s-%s/' % (name, version)
    file, content = wheel(name)
    if kind == 'source':
        files = {'PKG-INFO': METADATA.encode(), 'backend.py': (BACKEND % (file, base64.b64encode(content), file)).encode(),
                 'pyproject.toml': b'[build-system]\\nrequires = []\\nbuild-backend = "backend"\\nbackend-path = ["."]\\n'}
    else:
        about = {'package_name': name, 'package_version': version, 'archive_name': 'tool.wgn', 'wheels': [file]}
        files = {'package.json': json.dumps(about).encode(), 'wheels/' + file: content}
        if needs:
            other, brought = wheel(needs)
            files['wheels/' + other] = brought
    with tarfile.open(target, 'w:gz') as archive:
        for path, content in files.items():
            entry = tarfile.TarInfo(top + path)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
`;

interface Package {
  kind: "wheel" | "source" | "wagon";
  name: string;
  version?: string;
  /** Another package; a wagon brings it. */
  needs?: string;
}

/** Writes a package into the directory; returns its file name. */
export function writePackage(directory: string, { kind, name, version = "1.0", needs = "" }: Package): string {
  const suffix = { wheel: "-py3-none-any.whl", source: ".tar.gz", wagon: ".wgn" }[kind];
  const file = `${name}-${version}${suffix}`;
  execFileSync("python3", ["-c", PACK, kind, join(directory, file), name, version, needs]);
  return file;
}
