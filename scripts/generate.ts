// Writes what is made from the command specs: completions, docs/cli, tables in docs and README.
// With --check it writes nothing and fails when a file is not what it would write.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles, withSection } from "./generated-files.ts";

const { files, sections, folders } = await generatedFiles();
const expected = new Map(Object.entries(files));
for (const [path, { marker, text }] of Object.entries(sections)) {
  const current = read(path);
  if (current !== undefined) expected.set(path, withSection(current, marker, text));
}
const stale = [...expected].filter(([path, text]) => read(path) !== text);
const surplus = folders.flatMap(filesIn).filter((path) => !expected.has(path));

if (process.argv.includes("--check")) {
  const wrong = [...stale.map(([path]) => path), ...surplus];
  if (wrong.length > 0) {
    console.error(`Not what the command specs say:\n${wrong.map((path) => `  ${path}`).join("\n")}`);
    console.error("Run: npm run generate");
    process.exitCode = 1;
  }
} else {
  for (const [path, text] of stale) write(path, text);
  for (const path of surplus) rmSync(path);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(path);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
