import { readFileSync } from "node:fs";
import { proposalLines, typedWords } from "./cli/completion/lines.ts";
import { type Candidate, type Live, propose } from "./cli/completion/propose.ts";
import { SHELLS } from "./cli/completion/scripts.ts";
import type { CompletionTable } from "./cli/completion/table.ts";

/** A person waits with a finger on the key: what takes longer than this since the process began is not shown. */
const BUDGET_SECONDS = 0.3;

/** `cfy __complete SHELL WORD…`: answers the scripts of the shells. It never fails and never says anything else. */
export async function complete(host: NodeJS.Process, say: (lines: string) => void): Promise<void> {
  say(await answer(host).catch(() => ""));
  // Connections that are still open must not keep the prompt waiting.
  host.exit(0);
}

async function answer(host: NodeJS.Process): Promise<string> {
  const [name, ...words] = host.argv.slice(3);
  const shell = SHELLS.find((known) => known === name);
  if (!shell) return "";
  const table = JSON.parse(readFileSync(new URL("completion.json", import.meta.url), "utf8"));
  const proposal = propose(table as CompletionTable, typedWords(shell, words));
  const candidates = proposal.live ? await liveWithin(host, proposal.live) : proposal.candidates;
  // A key=value, or a file that holds several: where none of the first is known, the shell knows the second.
  return proposalLines(shell, { ...proposal, candidates, files: candidates.length > 0 ? undefined : proposal.files });
}

async function liveWithin(host: NodeJS.Process, live: Live): Promise<Candidate[]> {
  const budget = 1000 * (Number(host.env["CFY_COMPLETION_SECONDS"]) || BUDGET_SECONDS);
  const signal = AbortSignal.timeout(Math.max(1, Math.floor(budget - performance.now())));
  const late = new Promise<Candidate[]>((resolve) => signal.addEventListener("abort", () => resolve([])));
  const asked = import("./cli/completion/ask.ts").then(({ askForValues }) => askForValues(host, live, signal));
  const candidates = await Promise.race([asked, late]);
  return candidates.filter(({ word }) => word.startsWith(live.beginning));
}
