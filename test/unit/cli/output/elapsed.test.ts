import { expect, it } from "vitest";
import { elapsedText } from "../../../../src/cli/output/elapsed.ts";

it.each([
  [0, "0.0s"],
  [12.34, "12.3s"],
  [59.94, "59.9s"],
  [59.96, "1m00s"],
  [125, "2m05s"],
  [3599.6, "1h00m"],
  [3725, "1h02m"],
])("%d seconds are written %s", (seconds, text) => {
  expect(elapsedText(seconds)).toBe(text);
});
