// Runs a TypeScript script of this project: node scripts/run-ts.mjs FILE [ARGUMENT...]
import { mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { rawText } from "./raw-text.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [script, ...args] = process.argv.slice(2);
const file = resolve(script);
const folder = join(root, "node_modules/.cache/cfy");
const bundle = join(folder, `${basename(file, ".ts")}-${process.pid}.mjs`);

mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [file],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  plugins: [rawText],
  logLevel: "warning",
});
process.argv = [process.argv[0], file, ...args];
try {
  await import(pathToFileURL(bundle).href);
} finally {
  rmSync(bundle, { force: true });
}
