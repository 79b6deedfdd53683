import { expect, it, vi } from "vitest";
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

it("shows how far it is for as long as it lasts, and makes room for a line that is said meanwhile", async () => {
  const screen: string[] = [];
  const spinner = { show: (text: string) => void screen.push(text), hide: () => void screen.push("") };
  const { world: around } = world({ tty: 80, spinner: async () => spinner });
  const ctx = { io: around.io, verbosity: 1 } as unknown as Context;
  const shown = (text: string) => vi.waitUntil(() => screen.at(-1) === text, 20_000);
  await withProgressBar(ctx, "Downloading", async (progress, clear) => {
    progress(1000, 2000);
    await shown("Downloading  [############············] 50 %  1.0 of 2.0 kB");
    clear();
    expect(screen.at(-1)).toBe("");
    progress(2000, 2000);
    await shown("Downloading  [########################] 100 %  2.0 kB");
  });
  expect(screen.at(-1)).toBe("");
});
