import type { Case } from "./case.ts";
import { differences } from "./compare.ts";
import { runCase } from "./run-case.ts";

export interface Verdict {
  testCase: Case;
  differences: string[];
}

export const parseCorpus = (text: string): Case[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Case);

/** Runs one case; a crash is a difference like any other. */
export async function judge(testCase: Case): Promise<Verdict> {
  try {
    return { testCase, differences: differences(testCase, await runCase(testCase)) };
  } catch (error) {
    return { testCase, differences: [`crashed: ${error instanceof Error ? error.stack : String(error)}`] };
  }
}
