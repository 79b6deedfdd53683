import { beforeAll, describe, expect, it } from "vitest";
import type { Command, Entry } from "../../../src/cli/command.ts";
import { root } from "../../../src/cli/commands/index.ts";
import { topics } from "../../../src/cli/help/topics.ts";
import { globalOptions } from "../../../src/cli/options/global.ts";
import { flagTable, parseWords } from "../../../src/cli/parse.ts";
import { loaded } from "../../../src/cli/route.ts";
import { cfy, split } from "../../helpers/cfy.ts";

interface Found {
  path: string[];
  command: Command;
  listed: Pick<Entry, "name" | "summary" | "hidden">;
}

async function commandsBelow(entry: Entry, path: string[]): Promise<Found[]> {
  const own = await loaded(entry);
  if (own.kind === "command") return [{ path, command: own, listed: entry }];
  const below = await Promise.all(own.commands.map((each) => commandsBelow(each, [...path, each.name])));
  return below.flat();
}

let all: Found[];
beforeAll(async () => {
  all = await commandsBelow(root, ["cfy"]);
});

const faults = (check: (found: Found) => boolean): string[] =>
  all.filter((found) => !check(found)).map(({ path }) => path.join(" "));

function parses(words: readonly string[], command: Command): boolean {
  try {
    parseWords(words, flagTable(globalOptions, command.options));
    return true;
  } catch {
    return false;
  }
}

describe("every command", () => {
  it("is listed under its own name and summary", () => {
    expect(
      faults(({ command, listed, path }) => command.name === path.at(-1) && command.summary === listed.summary),
    ).toEqual([]);
  });

  it("has a summary of one line without a full stop", () => {
    expect(faults(({ command: { summary } }) => /^[A-Z][^\n]{3,90}[^.\n]$/.test(summary))).toEqual([]);
  });

  it("shows how it is used", () => {
    expect(faults(({ command, listed }) => listed.hidden === true || (command.examples ?? []).length > 0)).toEqual([]);
  });

  it("has examples that it understands", () => {
    const wrong = all.flatMap(({ command, path }) =>
      (command.examples ?? []).flatMap(([line]) => {
        const [own = ""] = line.split(" | ");
        const words = split(own);
        if (words.slice(0, path.length).join(" ") !== path.join(" ")) return [];
        return parses(words.slice(path.length), command) ? [] : [line];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("uses no flag for two of its options", () => {
    expect(
      faults(({ command }) => {
        const flags = Object.values(command.options).flatMap(({ flags, off = [] }) => [...flags, ...off]);
        return new Set(flags).size === flags.length;
      }),
    ).toEqual([]);
  });
});

describe("help", () => {
  it.each(topics.map(({ name }) => name))("explains %s within the width of the terminal", async (name) => {
    const { code, stdout, stderr } = await cfy(`help ${name}`, { tty: 90 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(90);
  });

  it("of a command is what its --help shows", async () => {
    expect(await cfy("help executions start")).toEqual(await cfy("executions start --help"));
  });

  it("with --json is what the page says, as data", async () => {
    const { code, stdout } = await cfy("executions get --help --json");
    const spec = JSON.parse(stdout);
    expect({ code, spec }).toMatchObject({
      code: 0,
      spec: { path: "cfy executions get", kind: "command", arguments: [{ name: "EXECUTION_ID", required: true }] },
    });
    expect(spec.options.flatMap(({ flags }: { flags: string[] }) => flags)).toEqual(
      expect.arrayContaining(["--tenant-name", "--time-format"]),
    );
    expect(JSON.parse((await cfy("--json executions --help")).stdout).commands).toContainEqual({
      name: "get",
      summary: spec.summary,
    });
    expect(JSON.parse((await cfy("help executions get --json")).stdout)).toEqual(spec);
  });

  it("of what does not exist suggests topics, too", async () => {
    const { code, stderr } = await cfy("help enviroment");
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("Did you mean environment?") });
  });
});
