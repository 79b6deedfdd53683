import { describe, expect, it } from "vitest";
import { cfy, type RunOptions } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { anEvent, anExecution } from "../../../helpers/resources.ts";

/** A pager that remembers, and that is left after so many texts. */
function fakePager(patience = Number.POSITIVE_INFINITY) {
  const pager = {
    commands: [] as string[],
    shown: "",
    open: async (command: string) => {
      pager.commands.push(command);
      let left = patience;
      return {
        write(text: string) {
          pager.shown += text;
        },
        drained: async () => --left > 0,
        ended: async () => {},
      };
    },
  };
  return pager;
}

const executions = (count: number) =>
  fakeManager().list(
    "/executions",
    Array.from({ length: count }, (_, at) => anExecution({ id: `E${at}` })),
  );

const onTerminal = (pager: ReturnType<typeof fakePager>, options: RunOptions = {}): RunOptions => ({
  tty: 80,
  height: 12,
  pager: pager.open,
  ...options,
});

describe("a table", () => {
  it("that fits the screen is simply shown", async () => {
    const pager = fakePager();
    const { stdout } = await cfy("executions list", onTerminal(pager, { manager: executions(3) }));
    expect(stdout).toContain("| E2 |");
    expect(pager.commands).toEqual([]);
  });

  it("that is longer goes through the pager, and what is to be said about it comes after", async () => {
    const pager = fakePager();
    const { stdout, stderr } = await cfy("executions list", onTerminal(pager, { manager: executions(20) }));
    expect(pager.commands).toEqual(["less -FRX"]);
    expect(pager.shown).toMatch(/^\nExecutions:\n\+-[\s\S]*\| E19 \|[\s\S]*\+\n\n$/);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/\nShowing 20 of 20 executions\n$/);
  });

  it.each<[string, string, RunOptions]>([
    ["--no-pager", "--no-pager", {}],
    ["CFY_PAGER is empty", "", { env: { CFY_PAGER: "", PAGER: "more" } }],
    ["PAGER is cat", "", { env: { PAGER: "cat" } }],
    ["the terminal is dumb", "", { env: { TERM: "dumb" } }],
    ["the pager is not there", "", { pager: () => Promise.resolve(undefined) }],
    ["it goes into a pipe", "", { tty: undefined }],
  ])("goes to stdout when %s", async (_when, words, options) => {
    const pager = fakePager();
    const { stdout } = await cfy(
      `executions list ${words}`,
      onTerminal(pager, { manager: executions(20), ...options }),
    );
    expect(stdout).toContain("| E19 |");
    expect(pager.commands).toEqual([]);
  });
});

it.each(["executions list --help", "executions", ""])("the help of `cfy %s` goes through it, too", async (words) => {
  const pager = fakePager();
  const { stdout } = await cfy(words, onTerminal(pager));
  expect(pager.shown).toMatch(/^Usage: cfy /);
  expect(stdout).toBe("");
  expect((await cfy(`${words} --help --no-pager`, onTerminal(pager))).stdout).toMatch(/^Usage: cfy /);
});

it.each(["--json", "--format csv", "-o id"])("%s is for programs and never goes through a pager", async (format) => {
  const pager = fakePager();
  const words = format === "-o id" ? "--output id" : format;
  const { stdout } = await cfy(`executions list ${words}`, onTerminal(pager, { manager: executions(20) }));
  expect(stdout).toContain("E19");
  expect(pager.commands).toEqual([]);
});

it.each<[Record<string, string>, string]>([
  [{ PAGER: "more" }, "more"],
  [{ PAGER: "more", CFY_PAGER: "most -s" }, "most -s"],
])("with %j the pager is %s", async (env, expected) => {
  const pager = fakePager();
  await cfy("help environment", onTerminal(pager, { env }));
  expect(pager.commands).toEqual([expected]);
});

it("leaving the pager ends the asking, and is no error", async () => {
  const two = [anEvent({ message: "first" }), anEvent({ message: "second" })];
  const manager = fakeManager()
    .on("GET /executions/E1", { answer: { id: "E1" } })
    .list("/events", two, { query: { _offset: "0" } });
  const pager = fakePager(1);
  const ran = await cfy("events list E1 --all -s 2", onTerminal(pager, { manager, height: 2 }));
  expect(ran.code).toBe(0);
  expect(pager.shown).toContain("second");
});
