import { expect, it } from "vitest";
import { elapsedText, secondsText } from "../../../../src/cli/output/elapsed.ts";

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

it.each([
  [-3, "0s"],
  [12.9, "12s"],
  [59.99, "59s"],
  [125.9, "2m05s"],
])("of %d seconds %s have passed", (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});
