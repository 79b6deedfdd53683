// Writes what is made from the command specs and ships in dist: node scripts/run-ts.mjs scripts/spec-files.ts DIST
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../src/cli/commands/index.ts";
import { completionTable } from "../src/cli/completion/table.ts";
import { manualPages } from "../src/cli/help/man.ts";

const [dist = "dist"] = process.argv.slice(2);
writeFileSync(join(dist, "completion.json"), JSON.stringify(await completionTable(root)));

const man = join(dist, "man");
rmSync(man, { recursive: true, force: true });
mkdirSync(man);
for (const [name, page] of await manualPages(root)) writeFileSync(join(man, `${name}.1`), page);
