// Builds dist/: the program as CommonJS with lazy chunks, the client library as one ES module, and the Python framework.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { commanderWithoutPrograms } from "./commander-without-programs.mjs";
import { rawText } from "./raw-text.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");

const source = {
  cwd: root,
  platform: "node",
  // Packages with a binary of their own, and those that only the server loads, stay in node_modules.
  external: ["libsql", "@node-rs/argon2", "fastify", /^@fastify\//],
  resolve: {
    alias: {
      yaml: join(root, "node_modules/yaml/browser/index.js"),
      // Whether there are colours is decided here; chalk's own look at the terminal would load node:tty for nothing.
      "#supports-color": join(root, "node_modules/chalk/source/vendor/supports-color/browser.js"),
    },
  },
  transform: { target: "node20" },
  checks: { ineffectiveDynamicImport: false },
  plugins: [rawText, commanderWithoutPrograms],
};
const written = { dir: dist, minify: true, comments: { legal: true } };

// node 20 loads dozens of small CommonJS files in half the time of as many ES modules, and each command is a file.
const program = await bundle(
  { main: "src/main.ts", complete: "src/complete.ts" },
  {
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "chunks/[name]-[hash].cjs",
    codeSplitting: {
      groups: [together("start", "src/main.ts"), together("calls", "src/cli/connection/connect.ts")],
    },
  },
);
const library = await bundle(
  { client: "src/client/index.ts" },
  { format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "client/[name]-[hash].mjs" },
);

removeStaleChunks("chunks", program);
removeStaleChunks("client", library);
copyPython();
writeSpecFiles();

/** A chunk of the module and all that is loaded with it, where every other chunk would bring a file of its own. */
function together(name, entry) {
  let within;
  const nameOf = (id, chunking) => {
    within ??= closureOf(join(root, entry), chunking);
    return within.has(id) ? name : null;
  };
  return { name: nameOf, debugName: name };
}

/** The module and all that is loaded with it at once. */
function closureOf(entry, chunking) {
  const within = new Set([entry]);
  for (const id of within) for (const imported of chunking.getModuleInfo(id)?.importedIds ?? []) within.add(imported);
  return within;
}

async function bundle(input, output) {
  const build = await rolldown({ ...source, input });
  const result = await build.write({ ...written, ...output });
  await build.close();
  return result.output;
}

/** Chunks of earlier builds would otherwise pile up, since their names carry a hash. */
function removeStaleChunks(folder, output) {
  const current = new Set(output.map(({ fileName }) => fileName));
  const chunks = join(dist, folder);
  mkdirSync(chunks, { recursive: true });
  for (const file of readdirSync(chunks)) if (!current.has(`${folder}/${file}`)) rmSync(join(chunks, file));
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

/** The command tree in the form that completion reads without loading a command, and the manual pages. */
function writeSpecFiles() {
  const words = ["scripts/run-ts.mjs", "scripts/spec-files.ts", dist];
  execFileSync(process.execPath, words, { cwd: root, stdio: "inherit" });
}
