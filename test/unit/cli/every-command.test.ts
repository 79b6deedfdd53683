import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { metavarOf } from "../../../src/cli/argument.ts";
import { bindArguments } from "../../../src/cli/bind.ts";
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

/** What an example writes after the command's own name, up to the next program. */
const ownExamples = (command: Command, path: readonly string[]): string[][] =>
  (command.examples ?? [])
    .map(([line]) => split(line.split(/ [|<>] | && /)[0]?.replace(/^([A-Z_]+=\S+ )+/, "") ?? ""))
    .filter((words) => words.slice(0, path.length).join(" ") === path.join(" "))
    .map((words) => words.slice(path.length));

function isUnderstood(words: readonly string[], command: Command): boolean {
  try {
    const { given, operands } = parseWords(words, flagTable(globalOptions, command.options));
    bindArguments(command, given, operands);
    return true;
  } catch {
    return false;
  }
}

/** What people write themselves, by the name that help gives it. */
const WRITTEN = new Set(
  ["ADDRESS", "DAYS", "DN", "DOMAIN", "FILTER", "FORMAT", "HOST", "HOST:PORT", "KEY:VALUE,…", "LABEL", "LABELS_LIST"]
    .concat(["LATITUDE,LONGITUDE", "NUMBER", "PASSPHRASE", "PASSWORD", "RULE", "SCHEMA", "SPAN", "TEXT", "TIME"])
    .concat(["TOKEN", "URL", "ZONE", "PORT", "N"]),
);

/** Names of what is to be, and of what no server has a list of. */
const MADE_UP: Readonly<Record<string, readonly string[]>> = {
  "blueprints upload": ["--blueprint-id", "--blueprint-filename"],
  "blueprints validate": ["--blueprint-filename"],
  "deployments create": ["DEPLOYMENT_ID", "--display-name"],
  "deployments schedule create": ["--schedule-name"],
  "executions operations list": ["--graph-id"],
  "executions operations get": ["OPERATION_ID"],
  "executions graphs list": ["--name"],
  "profiles use": ["--profile-name", "--manager-username", "--ssh-user"],
  "profiles set": ["--profile-name", "--manager-username", "--ssh-user"],
  "profiles set-cluster": ["--ssh-user"],
  "cluster brokers add": ["NAME"],
  init: ["--blueprint-filename", "--blueprint-id"],
  "events list": ["--operation"],
  "sites update": ["--new-name"],
  install: ["--blueprint-id", "--blueprint-filename", "--deployment-group-id"],
  apply: ["--blueprint-id", "--blueprint-filename"],
  "snapshots create": ["SNAPSHOT_ID", "--tempdir-path"],
  "snapshots upload": ["--snapshot-id"],
  "log-bundles create": ["LOG_BUNDLE_ID"],
  "ldap set": [
    "--ldap-username",
    ...["email", "first-name", "last-name", "uid", "group-membership"].map((name) => `--ldap-attribute-${name}`),
  ],
  "community register": ["--first-name", "--last-name"],
};

/** The arguments and options that take a value of a known set, and propose none. */
function silentValues({ command, path: [, ...path] }: Found): string[] {
  const args = Object.entries(command.arguments).map(([key, spec]) => [metavarOf(key, spec), spec] as const);
  const options = Object.values(command.options)
    .filter(({ kind, hidden }) => kind === "value" && !hidden)
    .map((spec) => [spec.flags.at(-1) ?? "", spec] as const);
  const known = MADE_UP[path.join(" ")] ?? [];
  return [...args, ...options]
    .filter(([name, spec]) => {
      const proposes = spec.complete ?? spec.type.choices ?? ("suggestions" in spec ? spec.suggestions : undefined);
      const written = WRITTEN.has(name) || WRITTEN.has(spec.metavar ?? "") || spec.type.name !== undefined;
      return proposes === undefined && !written && !known.includes(name);
    })
    .map(([name]) => `${path.join(" ")} ${name}`);
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
      ownExamples(command, path).filter((words) => !isUnderstood(words, command)),
    );
    expect(wrong.map((words) => words.join(" "))).toEqual([]);
  });

  it("proposes values for what has known ones", () => {
    const silent = all.flatMap(silentValues);
    expect(silent).toEqual([]);
  });

  it("has a place in the reference", () => {
    const missing = all.filter(({ listed, path: [, first = "", ...below] }) => {
      if (listed.hidden) return false;
      const file = new URL(`../../../docs/cli/${first}.md`, import.meta.url);
      return !existsSync(file) || !readFileSync(file, "utf8").includes(`# cfy ${[first, ...below].join(" ")}\n`);
    });
    expect(missing.map(({ path }) => path.join(" "))).toEqual([]);
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

  it("of cfy names every topic", async () => {
    const { stdout } = await cfy("help");
    for (const { name } of topics) expect(stdout).toContain(name);
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
