// Builds dist/: one ES module per entry with lazy chunks, and the Python framework beside them.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rawText } from "./raw-text.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");

// Packages with a binary of their own, and those that only the server loads, stay in node_modules.
const EXTERNAL = ["libsql", "@node-rs/argon2", "fastify", "@fastify/*"];

const result = await build({
  absWorkingDir: root,
  entryPoints: { main: "src/main.ts", complete: "src/complete.ts", client: "src/client/index.ts" },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  external: EXTERNAL,
  // A CommonJS package that is imported when needed arrives as a default export only; this is its ES module form.
  alias: { yaml: join(root, "node_modules/yaml/browser/index.js") },
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
  legalComments: "linked",
  plugins: [rawText],
  logLevel: "warning",
});

removeStaleChunks(Object.keys(result.metafile.outputs));
copyPython();
writeCompletionTable();

/** Chunks of earlier builds would otherwise pile up, since their names carry a hash. */
function removeStaleChunks(outputs) {
  const current = new Set(outputs.map((path) => path.split("/").pop()));
  const chunks = join(dist, "chunks");
  mkdirSync(chunks, { recursive: true });
  for (const file of readdirSync(chunks)) if (!current.has(file)) rmSync(join(chunks, file));
}

function copyPython() {
  const source = join(root, "src/worker/python");
  if (!existsSync(source)) return;
  cpSync(source, join(dist, "python"), {
    recursive: true,
    force: true,
    filter: (source) => !source.includes("__pycache__"),
  });
}

/** The command tree in the form that completion reads without loading a command. */
function writeCompletionTable() {
  const words = ["scripts/run-ts.mjs", "scripts/completion-table.ts", join(dist, "completion.json")];
  execFileSync(process.execPath, words, { cwd: root, stdio: "inherit" });
}
