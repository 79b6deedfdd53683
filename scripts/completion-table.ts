// Writes the table that completion reads: node scripts/run-ts.mjs scripts/completion-table.ts FILE
import { writeFileSync } from "node:fs";
import { root } from "../src/cli/commands/index.ts";
import { completionTable } from "../src/cli/completion/table.ts";

const [file = "dist/completion.json"] = process.argv.slice(2);
writeFileSync(file, JSON.stringify(await completionTable(root)));
