// node scripts/run-ts.mjs test/compat/wire/keep-facts.ts FROM TO [PREFIX...]
// Copies recordings without what the original printed: requests, answers, printed JSON and exit codes are facts, sentences are not.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRecordings } from "./recording.ts";

const [from, to, ...prefixes] = process.argv.slice(2);
if (!from || !to) throw new Error("Usage: keep-facts.ts FROM TO [PREFIX...]");
mkdirSync(to, { recursive: true });
for (const { name, argv, env, profile, exit_code, exchanges, answer } of readRecordings(from)) {
  if (prefixes.length > 0 && !prefixes.some((prefix) => name.startsWith(prefix))) continue;
  const facts = { argv, env, profile, exit_code, exchanges, answer };
  writeFileSync(join(to, `${name}.json`), `${JSON.stringify(facts)}\n`);
}
