// Runs a TypeScript script of this project: node scripts/run-ts.mjs FILE [ARGUMENT...]
import { mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { rawText } from "./raw-text.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [script, ...args] = process.argv.slice(2);
const file = resolve(script);
const folder = join(root, "node_modules/.cache/cfy");
const bundle = join(folder, `${basename(file, ".ts")}-${process.pid}.mjs`);

mkdirSync(folder, { recursive: true });
const build = await rolldown({
  input: file,
  platform: "node",
  external: /^(?![./]).*(?<!\?raw)$/,
  transform: { target: "node20" },
  plugins: [rawText],
});
await build.write({ file: bundle, format: "esm", codeSplitting: false, sourcemap: "inline" });
process.argv = [process.argv[0], file, ...args];
try {
  await import(pathToFileURL(bundle).href);
} finally {
  rmSync(bundle, { force: true });
}
