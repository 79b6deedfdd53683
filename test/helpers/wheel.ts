import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Zips a folder's module as a wheel, and the wheel with its plugin.yaml as an upload; Python has all that needs. */
const PACK = `
import os, sys, zipfile
folder, module, name, version, needs = sys.argv[1:]
wheel = '%s-%s-py3-none-any.whl' % (module, version)
info = '%s-%s.dist-info/' % (module, version)
needed = 'Requires-Dist: %s\\n' % needs if needs else ''
with zipfile.ZipFile(wheel, 'w') as packed:
    names = []
    for file in sorted(os.listdir(os.path.join(folder, module))):
        if file.endswith('.py'):
            names.append(module + '/' + file)
            packed.write(os.path.join(folder, module, file), names[-1])
    texts = {'METADATA': 'Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n%s' % (name, version, needed),
             'WHEEL': 'Wheel-Version: 1.0\\nGenerator: tests\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'}
    for file, text in texts.items():
        names.append(info + file)
        packed.writestr(names[-1], text)
    packed.writestr(info + 'RECORD', ''.join('%s,,\\n' % file for file in names + [info + 'RECORD']))
with zipfile.ZipFile('plugin.zip', 'w') as upload:
    upload.write(wheel)
    upload.write(os.path.join(folder, 'plugin.yaml'), 'plugin.yaml')
`;

interface PluginSource {
  /** Holds the module's folder and plugin.yaml. */
  folder: string;
  module: string;
  name: string;
  version?: string;
  /** Another package that comes along from the registry. */
  needs?: string;
}

/** A plugin as it is uploaded: a zip with one wheel and its plugin.yaml. */
export function packedPlugin({ folder, module, name, version = "1.0.0", needs = "" }: PluginSource): Buffer {
  const scratch = mkdtempSync(join(tmpdir(), "cfy-wheel-"));
  try {
    execFileSync("python3", ["-c", PACK, resolve(folder), module, name, version, needs], { cwd: scratch });
    return readFileSync(join(scratch, "plugin.zip"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
