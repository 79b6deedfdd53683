import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Context } from "../../../../src/cli/context.ts";
import { StatusLine } from "../../../../src/cli/follow/status-line.ts";
import { world } from "../../../helpers/cfy.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A line on a terminal, and what stood there, one after the other; `""`: nothing. */
function line({ terminal = true, verbosity = 0, enabled = true } = {}) {
  const screen: string[] = [];
  const opened = vi.fn(async () => ({
    show: (text: string) => void screen.push(text),
    hide: () => void screen.push(""),
  }));
  const { world: around } = world({ spinner: opened, ...(terminal && { tty: 80 }) });
  const ctx = { io: around.io, verbosity } as unknown as Context;
  return { status: new StatusLine(ctx, { enabled }), screen, opened };
}

const quiet = () => vi.advanceTimersByTimeAsync(1000);

it("is shown when nothing else was said for a moment, with the last text", async () => {
  const { status, screen } = line();
  status.show("started");
  status.show("started, 1 of 2 operations");
  expect(screen).toEqual([]);
  await quiet();
  status.show("started, 2 of 2 operations");
  expect(screen).toEqual(["started, 1 of 2 operations", "started, 2 of 2 operations"]);
});

it("is not drawn between lines that come fast", async () => {
  const { status, screen, opened } = line();
  for (let event = 0; event < 100; event++) {
    status.clear();
    status.show("started");
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(screen).toEqual([]);
  expect(opened).not.toHaveBeenCalled();
});

it("leaves nothing on the screen, whenever it is cleared", async () => {
  const { status, screen } = line();
  status.show("started");
  vi.advanceTimersToNextTimer();
  status.clear(); // the spinner is on its way
  await quiet();
  expect(screen).toEqual([]);
  status.show("started");
  await quiet();
  status.clear();
  await quiet();
  expect(screen).toEqual(["started", ""]);
});

it("an empty text takes it away", async () => {
  const { status, screen } = line();
  status.show("started");
  await quiet();
  status.show("");
  expect(screen).toEqual(["started", ""]);
});

it.each([
  ["stderr is no terminal", { terminal: false }],
  ["nothing but results was asked for", { verbosity: -1 }],
  ["it would stand in the way of something else", { enabled: false }],
])("says nothing where %s", async (_where, options) => {
  const { status, opened } = line(options);
  status.show("started");
  await quiet();
  expect(opened).not.toHaveBeenCalled();
});

it("asks every second for a text that changes, until it is cleared", async () => {
  const { status, screen } = line();
  let asked = 0;
  status.show(() => `asked ${++asked} times`);
  await vi.advanceTimersByTimeAsync(2500);
  status.clear();
  await quiet();
  expect(screen).toEqual(["asked 1 times", "asked 2 times", "asked 3 times", ""]);
});
