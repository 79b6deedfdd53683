import { expect, it } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { progressText, withProgressBar } from "../../../src/cli/transfer.ts";
import { world } from "../../helpers/cfy.ts";

it.each([
  [0, 1000, "[························] 0 %  0.0 of 1.0 kB"],
  [1_200_000, 2_400_000, "[############············] 50 %  1.2 of 2.4 MB"],
  [5, 5, "[########################] 100 %  5 bytes"],
  [42, undefined, "42 bytes"],
])("%d of %s bytes is shown as %s", (bytes, total, shown) => {
  expect(progressText(bytes, total)).toBe(shown);
});

it("makes room for a line that is said while the bar is shown", async () => {
  const { world: around, written } = world({ tty: 30 });
  const ctx = { io: around.io, verbosity: 1 } as unknown as Context;
  await withProgressBar(ctx, "Downloading", async (progress, clear) => {
    progress(1000, 2000);
    clear();
    around.io.stderr.write("the connection broke\n");
    progress(2000, 2000);
  });
  const lines = written().stderr.split("\r\u001b[K");
  expect(lines).toEqual([
    "",
    "Downloading  [############·",
    "the connection broke\n",
    "Downloading  [#############",
    "",
  ]);
});
