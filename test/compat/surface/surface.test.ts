import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { root } from "../../../src/cli/commands/index.ts";
import { type SurfaceEntry, surfaceOf } from "../../../src/cli/help/surface.ts";
import { missingFrom, type OriginalSurface } from "./missing.ts";

const original: OriginalSurface = JSON.parse(readFileSync(new URL("commands.json", import.meta.url), "utf8"));
const text = readFileSync(new URL("missing.txt", import.meta.url), "utf8");
const admitted = new Set(text.split("\n").filter((line) => line !== "" && !line.startsWith("#")));

let ours: SurfaceEntry[];
beforeAll(async () => {
  ours = await surfaceOf(root);
});

it("every command and option of the original is there, but for those that missing.txt admits", () => {
  expect(missingFrom(original.manager, ours).filter((line) => !admitted.has(line))).toEqual([]);
});

it("missing.txt admits nothing that is there", () => {
  const missing = new Set(missingFrom(original.manager, ours));
  expect([...admitted].filter((line) => !missing.has(line))).toEqual([]);
});
