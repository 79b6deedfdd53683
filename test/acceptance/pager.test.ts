import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FreshHome } from "./fresh-home.ts";
import { Terminal } from "./terminal.ts";

/** Where less waits for a key, with more to come. */
const PROMPT = ":\u001b[K";
const prompts = (count: number) => new RegExp(`(?:${PROMPT.replace("[", "\\[")}[\\s\\S]*){${count}}`);
const SCREEN = { columns: 80, lines: 24 };

let home: FreshHome;
beforeAll(() => {
  home = new FreshHome();
});
afterAll(() => home.remove());

describe.runIf(spawnSync("less", ["--version"]).status === 0)("on a terminal", () => {
  it("what is longer than the screen is shown by less, page after page, until it is left", async () => {
    const help = new Terminal(home, ["help", "environment"], SCREEN);
    await help.until(PROMPT);
    expect(help.stdout).not.toContain("NO_COLOR");
    help.type(" ");
    await help.until("NO_COLOR");
    help.type("q");
    expect(await help.ended).toMatchObject({ code: 0 });
  });

  it("Ctrl-C in the pager is the pager's", async () => {
    const help = new Terminal(home, ["help", "environment"], SCREEN);
    for (const times of [1, 2, 3]) {
      await help.until(prompts(times));
      help.type(times < 3 ? "\u0003" : "G");
    }
    await help.until("(END)");
    help.type("q");
    expect(await help.ended).toMatchObject({ code: 0 });
  });

  it("what fits the screen stands on it, and the prompt is back", async () => {
    const help = new Terminal(home, ["help", "exit-codes"], { columns: 100, lines: 50 });
    const { code, stdout } = await help.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("69") });
  });

  it("without a pager all of it is written", async () => {
    for (const [words, env] of [
      [["help", "environment", "--no-pager"], {}],
      [["help", "environment"], { PAGER: "cat" }],
      [["help", "environment"], { CFY_PAGER: "no-such-pager" }],
    ] as const) {
      const { code, stdout } = await new Terminal(home, words, SCREEN, env).ended;
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("NO_COLOR") });
    }
  });

  it("another pager gets the text by its standard input", async () => {
    const { stdout } = await new Terminal(home, ["help", "environment"], SCREEN, { CFY_PAGER: "tr a-z A-Z" }).ended;
    expect(stdout).toContain("ANY VALUE: NO COLOURS");
  });
});

it("in a pipe nothing is paged", async () => {
  const { code, stdout } = await home.cfy("help environment", { env: { CFY_PAGER: "tr a-z A-Z" } });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("Any value: no colours") });
});
