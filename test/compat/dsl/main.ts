// `npm run conformance:dsl -- [file]`: runs a corpus, prints each case that fails, and last how many did.
import { readFileSync } from "node:fs";
import { judge, parseCorpus } from "./conformance.ts";

const DIFFERENCES_SHOWN = 8;

const [file = "test/compat/corpus/dsl-cases.jsonl"] = process.argv.slice(2);
let failed = 0;
const cases = parseCorpus(readFileSync(file, "utf8"));
for (const testCase of cases) {
  const { differences } = await judge(testCase);
  if (differences.length === 0) continue;
  failed += 1;
  console.log(`FAIL ${testCase.id} (${testCase.feature}): ${testCase.title}`);
  for (const difference of differences.slice(0, DIFFERENCES_SHOWN)) console.log(`     ${difference}`);
  const hidden = differences.length - DIFFERENCES_SHOWN;
  if (hidden > 0) console.log(`     and ${hidden} more`);
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
