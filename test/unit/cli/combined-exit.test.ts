import { expect, it } from "vitest";
import { combinedExit } from "../../../src/cli/combined-exit.ts";
import type { ExitCode } from "../../../src/cli/exit-code.ts";

it.each<[ExitCode[], ExitCode, string]>([
  [[], 0, "nothing to do"],
  [[0, 0], 0, "all went well"],
  [[0, 3, 3], 3, "what they have in common"],
  [[5, 6], 1, "nothing in common"],
  [[1, 124, 5], 124, "a time-out goes before"],
  [[124, 130, 1], 130, "an interrupt goes before that"],
])("%j together exit %i: %s", (codes, exit) => {
  expect(combinedExit(codes)).toBe(exit);
});
