import { readFileSync } from "node:fs";
import { root } from "../src/cli/commands/index.ts";
import { completionScript, SCRIPT_FILES, SHELLS } from "../src/cli/completion/scripts.ts";
import { COMBINED_EXIT_CODES } from "../src/cli/exit-code.ts";
import { manualPages } from "../src/cli/help/man.ts";
import {
  commandsTable,
  commonOptionsTable,
  environmentTable,
  exitCodesTable,
  referencePage,
} from "../src/cli/help/markdown.ts";
import { surfaceOf } from "../src/cli/help/surface.ts";
import { missingFrom, type OriginalSurface } from "../test/compat/surface/missing.ts";

export interface Generated {
  /** Whole files, by path. */
  files: Record<string, string>;
  /** Parts of files that are otherwise written by hand, between their markers. */
  sections: Record<string, { marker: string; text: string }>;
  /** Everything in these is generated: what no spec asks for is deleted. */
  folders: string[];
}

export async function generatedFiles(): Promise<Generated> {
  const files: Record<string, string> = {
    "docs/exit-codes.md": page(
      "Exit codes",
      "`cfy help exit-codes` prints the same.",
      `${exitCodesTable()}\n\n${COMBINED_EXIT_CODES}`,
    ),
    "docs/environment.md": page(
      "Environment variables",
      "A flag goes before the environment, the environment before the profile.",
      environmentTable(),
    ),
    "docs/cli/README.md": page(
      "Commands",
      commandsTable(root, ""),
      "Every command takes these options, before or after its name:",
      commonOptionsTable(),
    ),
  };
  files["package.json"] = withManualPages(readFileSync("package.json", "utf8"), await manualPages(root));
  files[STILL_MISSING] = await stillMissing();
  for (const shell of SHELLS) files[`completions/${SCRIPT_FILES[shell]}`] = completionScript(shell);
  for (const entry of root.commands.filter(({ hidden }) => !hidden)) {
    files[`docs/cli/${entry.name}.md`] = await referencePage([root.name, entry.name], entry);
  }
  return {
    files,
    sections: { "README.md": { marker: "commands", text: commandsTable(root, "docs/cli/") } },
    folders: ["completions", "docs/cli"],
  };
}

/** npm puts pages where `man` finds them, but only those that it is told one by one. */
function withManualPages(manifest: string, pages: ReadonlyMap<string, string>): string {
  const man = [...pages.keys()].map((name) => `./dist/man/${name}.1`).sort();
  return `${JSON.stringify({ ...JSON.parse(manifest), man }, null, 2)}\n`;
}

const STILL_MISSING = "test/compat/surface/missing.txt";

/** The list without what is there by now. Nothing is ever added to it here: the test is to notice that. */
async function stillMissing(): Promise<string> {
  const original: OriginalSurface = JSON.parse(readFileSync("test/compat/surface/commands.json", "utf8"));
  const missing = new Set(missingFrom(original.manager, await surfaceOf(root)));
  const lines = readFileSync(STILL_MISSING, "utf8").split("\n");
  return lines.filter((line) => line === "" || line.startsWith("#") || missing.has(line)).join("\n");
}

const page = (title: string, ...parts: string[]): string => `${[`# ${title}`, ...parts].join("\n\n")}\n`;

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced; as it is without these. */
export function withSection(text: string, marker: string, section: string): string {
  const [start, end] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) return text;
  return `${text.slice(0, from + start.length)}\n\n${section}\n\n${text.slice(to)}`;
}
