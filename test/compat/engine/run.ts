// npm run conformance:engine -- [folder]: plays every scenario of a folder on the built server and prints what differs.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { packedPlugin } from "../../helpers/wheel.ts";
import { type EngineCase, readCases } from "./case.ts";
import { uploadPlugin } from "./plugin.ts";
import { Scenario } from "./scenario.ts";
import { Server } from "./server.ts";

const AT_ONCE = 4;

const folder = resolve(process.argv[2] ?? "test/compat/engine-cases");
const only = process.argv.slice(3);
const cases = readCases(folder).filter(
  ({ name }) => only.length === 0 || only.some((prefix) => `${name}-`.startsWith(`${prefix}-`)),
);

const server = new Server();
let failed = 0;
try {
  await server.start();
  if (cases.some(needsPlugin))
    await uploadPlugin(server.rest, packedPlugin({ folder: pluginFolder(), module: "ec_plugin", name: "ec-plugin" }));
  // A case that changes the server's configuration would disturb its neighbours, so it runs alone.
  const [alone, together] = [cases.filter(changesConfiguration), cases.filter((one) => !changesConfiguration(one))];
  const waiting = [...together];
  await Promise.all(Array.from({ length: AT_ONCE }, () => playAll(waiting)));
  await playAll(alone);
} finally {
  await server.stop();
}
process.stdout.write(`${cases.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed ? 1 : 0;

async function playAll(waiting: EngineCase[]): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await play(next);
}

async function play(one: EngineCase): Promise<void> {
  const problems = await new Scenario(one, server.rest).play();
  if (problems.length === 0) {
    process.stdout.write(`ok   ${one.name}\n`);
    return;
  }
  failed += 1;
  process.stdout.write(
    `FAIL ${one.name}\n${problems
      .slice(0, 25)
      .map((problem) => `     ${problem}\n`)
      .join("")}`,
  );
  if (problems.length > 25) process.stdout.write(`     … and ${problems.length - 25} more\n`);
}

function needsPlugin(one: EngineCase): boolean {
  return (one.notes ?? []).some((note) => note.includes("ec-plugin"));
}

/** Beside the cases; cases that are kept elsewhere use the one of the corpus. */
function pluginFolder(): string {
  const beside = join(folder, "plugins/ec-plugin");
  return existsSync(beside) ? beside : resolve("test/compat/engine-cases/plugins/ec-plugin");
}

function changesConfiguration(one: EngineCase): boolean {
  return [...(one.before ?? []), ...one.steps].some((step) => step.do === "config");
}
