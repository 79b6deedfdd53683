import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judge, parseCorpus } from "./conformance.ts";

const corpus = parseCorpus(readFileSync(new URL("../corpus/dsl-cases.jsonl", import.meta.url), "utf8"));

describe.each([...new Set(corpus.map(({ feature }) => feature))])("the language's %s", (feature) => {
  it.each(corpus.filter((testCase) => testCase.feature === feature))("$id: $title", async (testCase) => {
    const { differences } = await judge(testCase);
    expect(differences).toEqual([]);
  });
});
