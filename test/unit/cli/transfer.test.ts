import { expect, it } from "vitest";
import { progressText } from "../../../src/cli/transfer.ts";

it.each([
  [0, 1000, "[························] 0 %  0.0 of 1.0 kB"],
  [1_200_000, 2_400_000, "[############············] 50 %  1.2 of 2.4 MB"],
  [5, 5, "[########################] 100 %  5 bytes"],
  [42, undefined, "42 bytes"],
])("%d of %s bytes is shown as %s", (bytes, total, shown) => {
  expect(progressText(bytes, total)).toBe(shown);
});
