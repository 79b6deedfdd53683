import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), "../../src");

/** Which layers each layer may import. What is not named here may import nothing. */
const ARROWS: Record<string, readonly string[]> = {
  api: [],
  lib: [],
  client: ["api", "lib"],
  cli: ["client", "api", "lib"],
  dsl: ["lib"],
  workflow: ["api", "lib"],
  storage: ["api", "lib"],
  services: ["dsl", "storage", "api", "lib"],
  server: ["services", "dsl", "storage", "api", "lib"],
  worker: ["workflow", "services", "dsl", "storage", "api", "lib"],
  "main.ts": ["cli", "lib"],
  "complete.ts": ["cli"],
};

/** Arrows against the current, allowed where the module is loaded by the command that needs it and not before. */
const DYNAMIC_ARROWS: Record<string, readonly string[]> = {
  "main.ts": ["server", "worker", "dsl"],
};

/** Never part of what a command line loads when it starts. */
const HEAVY = ["fastify", "libsql", "kysely", "yaml", "undici", "tar", "string-width"];

interface Import {
  from: string;
  to: string;
  /** Loaded together with its importer: neither a type nor a dynamic import. */
  atOnce: boolean;
}

const files = (readdirSync(SOURCE, { recursive: true }) as string[]).filter((file) => file.endsWith(".ts"));
const imports = files.flatMap(importsOf);
const local = imports.filter(({ to }) => to.startsWith(".") && !to.endsWith("/package.json"));

it("every import follows an arrow of the architecture", () => {
  const wrong = local.filter(({ from, to, atOnce }) => {
    const [source, target] = [layerOf(from), layerOf(join(dirname(from), to))];
    const allowed = [source, ...(ARROWS[source] ?? []), ...(atOnce ? [] : (DYNAMIC_ARROWS[source] ?? []))];
    return !allowed.includes(target);
  });
  expect(wrong).toEqual([]);
});

it("the command line starts without anything heavy", () => {
  const reached = new Set<string>();
  const heavy: string[] = [];
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { to, atOnce } of imports.filter(({ from }) => from === file)) {
      if (!atOnce) continue;
      if (to.endsWith(".ts")) visit(normalize(join(dirname(file), to)));
      else if (HEAVY.some((name) => to === name || to.startsWith(`${name}/`))) heavy.push(`${file} -> ${to}`);
    }
  };
  visit("main.ts");
  expect(heavy).toEqual([]);
  expect(reached.size).toBeGreaterThan(10);
  expect([...reached].filter((file) => file.startsWith("cli/commands/"))).toEqual(["cli/commands/index.ts"]);
});

function layerOf(file: string): string {
  return normalize(file).split("/")[0] ?? "";
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SOURCE, file), "utf8").replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, "");
  const statics = text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^;"']*?\sfrom\s+)?["']([^"']+)["']/gm);
  const types = text.matchAll(/^(?:import|export)\s+type\s[^;"']*?\sfrom\s+["']([^"']+)["']/gm);
  const dynamics = text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g);
  return [
    ...[...statics].map(([, to = ""]) => ({ from: file, to, atOnce: true })),
    ...[...types].map(([, to = ""]) => ({ from: file, to, atOnce: false })),
    ...[...dynamics].map(([, to = ""]) => ({ from: file, to, atOnce: false })),
  ];
}
