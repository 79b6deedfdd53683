// npm run conformance:wire -- [folder]: plays every recorded command line of a folder and prints what differs.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type Difference, play } from "./play.ts";
import { isLocal, localSessions, playLocally } from "./play-local.ts";
import { profileChangesBefore, type Recording, readRecordings } from "./recording.ts";
import { unexplained } from "./unexplained.ts";

const folder = resolve(process.argv[2] ?? "test/compat/recordings");
const only = process.argv.slice(3);
const beside = `${folder}-input`;
const inputs = existsSync(beside) ? beside : resolve("test/compat/recordings-input");
const all = readRecordings(folder);
const recordings = all.filter(({ name }) => only.length === 0 || only.some((prefix) => name.startsWith(prefix)));

const results = new Map<string, Difference[]>();
const waiting = recordings.filter((recording) => !isLocal(recording));
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, playAll));

for (const session of localSessions(all)) {
  if (!session.some((recording) => recordings.includes(recording))) continue;
  for (const [{ name }, found] of playLocally(session, inputs)) results.set(name, found);
}

let failed = 0;
for (const recording of recordings) {
  const left = unexplained(recording, results.get(recording.name) ?? []);
  if (left.length === 0) continue;
  failed += 1;
  process.stdout.write(`${recording.name}\n${left.map(({ text }) => `    ${text}\n`).join("")}`);
}
process.stdout.write(`${recordings.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function playAll(): Promise<void> {
  for (let next: Recording | undefined = waiting.shift(); next; next = waiting.shift()) {
    results.set(next.name, await play(next, { inputs, before: profileChangesBefore(next, all) }));
  }
}
