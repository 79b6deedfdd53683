import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Command, Entry } from "../../../src/cli/command.ts";
import { root } from "../../../src/cli/commands/index.ts";
import { runProgram } from "../../../src/cli/program.ts";
import { loaded } from "../../../src/cli/route.ts";
import { clientOver, type Transport } from "../../../src/client/index.ts";
import { acceptingManager, refusingManager } from "../../helpers/accepting-manager.ts";
import { split, world } from "../../helpers/cfy.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";

/** These start, stop or are a real server. */
const APART = /^(server|worker)\b/;

/** What comes after the name of a command that more is needed for than any word. HOME stands for its home. */
const WORDS: Readonly<Record<string, string>> = {
  "auditlog truncate": "--before 2026-05-01",
  "blueprints filters create": "thing -lr env=prod",
  "blueprints filters update": "thing -lr env=prod",
  "blueprints labels add": "env:prod thing",
  "deployments filters create": "thing -lr env=prod",
  "deployments filters update": "thing -lr env=prod",
  "deployments groups extend": "thing -d d1",
  "deployments groups labels add": "env:prod thing",
  "deployments groups shrink": "thing -d d1",
  "deployments labels add": "env:prod thing",
  "deployments schedule create": 'thing install --since "2026-05-01 12:00"',
  "deployments set-site": "thing --site-name thing",
  "deployments update": "thing -b app",
  "executions groups start": "install -g thing",
  "executions start": "install -d thing",
  help: "output",
  "node-instances delete-runtime": "thing -p a",
  "permissions allow": "--role viewer --permission thing",
  "permissions disallow": "--role viewer --permission thing",
  "plugins blueprint-labels add": "env:prod thing",
  "plugins deployment-labels add": "env:prod thing",
  "plugins resource-tags add": "env:prod thing",
  "secrets create": "thing -s v",
  "secrets export": "--non-encrypted -o HOME/written",
  "secrets update": "thing -s v",
  "sites update": "thing --location 1,2",
  "users create": "thing --password p",
  "users set-password": "thing --password p",
  "workflows get": "install -d thing",
};

/** These want what is not to be had here: a manager's profile, a real archive, an upload that goes on. */
const ELSEWHERE = new Set([
  "apply",
  "blueprints upload",
  "certificates replace",
  "cluster update-profile",
  "deployments schedule enable",
  "doctor",
  "init",
  "install",
  "plugins install",
  "plugins upload",
  "plugins validate",
  "profiles delete",
  "profiles export",
  "profiles import",
  "profiles set",
  "profiles set-cluster",
  "profiles unset",
  "profiles use",
  "secrets import",
]);

interface Found {
  line: string;
  command: Command;
}

async function commandsBelow(entry: Entry, path: readonly string[]): Promise<Found[]> {
  const own = await loaded(entry);
  if (own.kind === "command") return [{ line: path.join(" "), command: own }];
  return (await Promise.all(own.commands.map((each) => commandsBelow(each, [...path, each.name])))).flat();
}

const all = (await commandsBelow(root, [])).filter(({ line }) => !APART.test(line));

async function run({ line, command }: Found, manager: Transport, options: string) {
  const home = temporaryDirectory();
  const { world: around, written } = world({ env: { CFY_WORKDIR: home, HOME: home } });
  const words = [...line.split(" "), ...wordsFor(line, command, home), ...options.split(" ")];
  const code = await runProgram(root, words, around, async () => () => clientOver(manager, { attempts: 1 }));
  return { code, ...written() };
}

function wordsFor(line: string, command: Command, home: string): string[] {
  const given = WORDS[line];
  if (given !== undefined) return split(given.replace("HOME", home));
  const blueprint = join(home, "app/blueprint.yaml");
  mkdirSync(join(home, "app"));
  writeFileSync(blueprint, "tosca_definitions_version: cloudify_dsl_1_5\n");
  const sample = ({ type, complete }: Pick<Command["arguments"][string], "type" | "complete">): string => {
    if (type.choices) return type.choices[0] ?? "";
    if (type.name === "integer") return "1";
    return complete === "file" ? blueprint : "thing";
  };
  const options = Object.values(command.options).filter(
    ({ required, flags }) => required || flags.includes("--output-path"),
  );
  return [
    ...Object.values(command.arguments).map(sample),
    ...options.flatMap((spec) => [
      spec.flags.at(-1) ?? "",
      spec.flags.includes("--output-path") ? join(home, "written") : sample(spec),
    ]),
  ];
}

const lines = (text: string): string[] => text.split("\n").filter(Boolean);

/** How many fields each record has, as RFC 4180 counts them. */
function csvWidths(text: string): number[] {
  const plain = text.replace(/"(?:[^"]|"")*"/g, "quoted");
  return lines(plain).map((record) => record.split(",").length);
}

const keysOf = (value: unknown): string[] => {
  const [first] = Array.isArray(value) ? value : [value];
  return first !== null && typeof first === "object" ? Object.keys(first) : [];
};

/** The heads of the first table of columns, where there is one. */
const headsOf = (table: string): string[] => {
  const head = table.split("\n").find((line) => line.startsWith("| "));
  return head
    ? head
        .split("|")
        .map((cell) => cell.trim())
        .filter(Boolean)
    : [];
};

/** The commands of which something holds, each under its name. */
const those = (holds: (line: string) => boolean) =>
  all.filter(({ line }) => holds(line)).map((found) => [found.line, found] as const);

/** As JSON one object, with values under their own names: what the original prints there. */
const KEYED = /(labels|resource-tags) (list|add|delete)$|^cluster status$/;

describe.each(those((line) => !ELSEWHERE.has(line)))("cfy %s", (line, found) => {
  it("writes what a program can read, in every format", async () => {
    const json = await run(found, acceptingManager(), "--format json");
    expect(json).toMatchObject({ code: 0 });
    const value = JSON.parse(json.stdout);

    const jsonl = await run(found, acceptingManager(), "--format jsonl");
    const values = lines(jsonl.stdout).map((each) => JSON.parse(each));
    if (Array.isArray(value)) expect(values.length > 0).toBe(value.length > 0);

    parse((await run(found, acceptingManager(), "--format yaml")).stdout);

    const csv = await run(found, acceptingManager(), "--format csv");
    expect(new Set(csvWidths(csv.stdout)).size).toBeLessThanOrEqual(1);

    const table = await run(found, acceptingManager(), "--format table");
    const rows = Array.isArray(value) ? value.length : 1;
    if (rows > 0 && found.command.columns.length > 0 && !KEYED.test(line)) {
      expect(keysOf(value)).toEqual(expect.arrayContaining(headsOf(table.stdout)));
    }
    expect([jsonl.code, table.code]).toEqual([0, 0]);
  });
});

// What doctor has found is its result, also where it is nothing good.
describe.each(those((line) => line !== "doctor"))("cfy %s", (_line, found) => {
  it("tells an error as one JSON object on stderr, and nothing on stdout", async () => {
    const { code, stdout, stderr } = await run(found, refusingManager(), "--format json");
    if (code === 0) return;
    const told = lines(stderr).map((each) => JSON.parse(each));
    expect({ stdout, errors: told.filter(({ warning }) => warning === undefined) }).toEqual({
      stdout: "",
      errors: [{ error: expect.objectContaining({ code: expect.any(String), message: expect.any(String) }) }],
    });
  });
});

const LISTS = /(list|history|list_updates)$/;
/** Events as JSON are lines of their own, of which there are none; the profile of this machine is always there. */
const NEVER_EMPTY = new Set(["events list", "profiles list"]);

describe.each(those((line) => LISTS.test(line) && !NEVER_EMPTY.has(line)))("cfy %s", (line, found) => {
  it("has an empty document where there is nothing", async () => {
    const json = await run(found, acceptingManager({ empty: true }), "--format json");
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toEqual(KEYED.test(line) ? {} : []);
    const csv = await run(found, acceptingManager({ empty: true }), "--format csv");
    expect(lines(csv.stdout)).toHaveLength(1);
    expect((await run(found, acceptingManager({ empty: true }), "--output id")).stdout).toBe("");
  });
});
