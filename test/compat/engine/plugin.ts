import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Rest } from "./rest.ts";

/** Zips a folder's package as a wheel, and the wheel with its plugin.yaml as an upload; Python has all that needs. */
const PACK = `
import sys, zipfile, os
folder, package, distribution, version, target = sys.argv[1:]
wheel = '%s-%s-py3-none-any.whl' % (package, version)
info = '%s-%s.dist-info/' % (package, version)
with zipfile.ZipFile(wheel, 'w') as packed:
    names = []
    for name in sorted(os.listdir(os.path.join(folder, package))):
        if name.endswith('.py'):
            names.append(package + '/' + name)
            packed.write(os.path.join(folder, package, name), names[-1])
    texts = {'METADATA': 'Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n' % (distribution, version),
             'WHEEL': 'Wheel-Version: 1.0\\nGenerator: cases\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'}
    for name, text in texts.items():
        names.append(info + name)
        packed.writestr(names[-1], text)
    packed.writestr(info + 'RECORD', ''.join('%s,,\\n' % name for name in names + [info + 'RECORD']))
with zipfile.ZipFile(target, 'w') as upload:
    upload.write(wheel)
    upload.write(os.path.join(folder, 'plugin.yaml'), 'plugin.yaml')
`;

const INSTALL_LIMIT = 120_000;

/** Uploads the plugin that cases need, and waits until it is installed. */
export async function uploadPlugin(rest: Rest, folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "cfy-plugin-"));
  try {
    execFileSync("python3", ["-c", PACK, folder, "ec_plugin", "ec-plugin", "1.0.0", "plugin.zip"], { cwd: scratch });
    const archive = readFileSync(join(scratch, "plugin.zip"));
    const { id } = await rest.need(rest.send("POST", "plugins", { visibility: "tenant" }, archive));
    await rest.need(rest.post(`plugins/${id}`, { action: "install" }));
    await untilInstalled(rest, String(id));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function untilInstalled(rest: Rest, id: string): Promise<void> {
  const deadline = Date.now() + INSTALL_LIMIT;
  for (;;) {
    const plugin = await rest.need(rest.get(`plugins/${id}`));
    const [place] = plugin.installation_state as { state: string; error: string | null }[];
    if (place?.state === "installed") return;
    if (place?.state === "error" || Date.now() > deadline)
      throw new Error(`the cases' plugin is ${place?.state}: ${place?.error}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}
