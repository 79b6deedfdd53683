import { describe, expect, it } from "vitest";
import { argument, command, duration, flag, group, lazy, text } from "../../../src/cli/command.ts";
import { ExitCode } from "../../../src/cli/exit-code.ts";
import { runProgram } from "../../../src/cli/program.ts";
import { world } from "../../helpers/cfy.ts";

const seen: unknown[] = [];
const columns = [{ key: "id" }, { key: "status" }];

const start = command({
  name: "start",
  summary: "Start a workflow",
  arguments: { workflowId: argument({ help: "The workflow to run" }) },
  options: {
    deploymentId: text({ flags: ["-d", "--deployment-id"], help: "Where to run it", required: true }),
    parameters: text({ flags: ["-p", "--parameters"], help: "Parameters", multiple: true }),
    labelsRule: text({ flags: ["-lr", "--labels-rule"], help: "A rule", multiple: true }),
    force: flag({ flags: ["-f", "--force"], help: "Beside another one" }),
    includeLogs: flag({ flags: ["--include-logs"], off: ["--no-logs"], help: "Logs", default: true }),
    timeout: duration({ flags: ["--timeout"], help: "How long", default: 900 }),
    queue: flag({ flags: ["--queue"], help: "After another one" }),
  },
  exclusive: [["force", "queue"]],
  columns,
  async run(ctx, args) {
    seen.push(args);
    ctx.notice("Listing...");
    await ctx.output.rows([{ id: "E1", status: "started" }], { title: "Executions:", columns });
    return ExitCode.Ok;
  },
});
const get = command({
  name: "get",
  summary: "Show one",
  arguments: { ids: argument({ help: "Which", variadic: true }) },
  async run(_ctx, { ids }) {
    seen.push(ids);
    return ExitCode.Ok;
  },
});
const root = group({
  name: "cfy",
  summary: "Everything",
  commands: [
    lazy({
      name: "executions",
      summary: "Executions",
      load: async () => group({ name: "executions", summary: "Executions", commands: [start, get] }),
    }),
    lazy({ name: "events", summary: "Events", load: () => Promise.reject(new Error("never loaded")) }),
    command({ name: "explore", summary: "Look around", addition: true, run: () => ExitCode.Ok }),
  ],
});

async function cfy(line: string | string[]) {
  seen.length = 0;
  const { world: around, written } = world();
  const words = typeof line === "string" ? line.split(" ").filter(Boolean) : line;
  const code = await runProgram(root, words, around, async () => () => {
    throw new Error("no connection");
  });
  return { code, args: seen[0], ...written() };
}

describe("a command line", () => {
  it("becomes typed values by property name", async () => {
    const ran = await cfy("executions start install -d app -p a=1 -p b=2 -lr x=y --no-logs --timeout 15m");
    expect(ran).toMatchObject({
      code: 0,
      args: {
        workflowId: "install",
        deploymentId: "app",
        parameters: ["a=1", "b=2"],
        labelsRule: ["x=y"],
        force: false,
        includeLogs: false,
        timeout: 900,
      },
    });
  });

  it.each([
    ["executions start install -dapp", { deploymentId: "app" }],
    ["executions start install -fdapp", { deploymentId: "app", force: true }],
    ["executions start -d -x install", { deploymentId: "-x" }],
    ["executions start --deployment-id=a=b install", { deploymentId: "a=b" }],
    ["executions start -d app -- --force", { workflowId: "--force", force: false }],
    ["exec sta install -d app", { workflowId: "install" }],
    ["ex start install -d app", { workflowId: "install" }],
  ])("%s", async (words, args) => {
    expect((await cfy(words)).args).toMatchObject(args);
  });

  it("takes the options of every command before and after its name", async () => {
    const rows = '[\n{"id": "E1", "status": "started"}\n]\n';
    expect(await cfy("--json executions start install -d app")).toMatchObject({ stdout: rows, stderr: "" });
    expect(await cfy("executions --json start install -d app")).toMatchObject({ stdout: rows, stderr: "" });
    expect(await cfy("executions start install -d app --json")).toMatchObject({ stdout: rows, stderr: "" });
  });
});

describe("a wrong command line", () => {
  it.each([
    ["exections list", 'There is no command "exections"', "Did you mean executions?"],
    ["e list", '"e" could be executions or events', "a few more letters"],
    ["executions start", "Argument WORKFLOW_ID is missing", "cfy executions start --help"],
    ["executions start install", "Option -d/--deployment-id is required", "Where to run it"],
    ["executions start install -d", "Option -d needs a value", "Usage: cfy executions start [OPTIONS] WORKFLOW_ID"],
    ["executions start install -d a --forse", "There is no option --forse", "Did you mean --force?"],
    ["executions start install -d a -z", "There is no option -z", "--help"],
    ["executions start install -d a --force=1", "Option --force takes no value", "--help"],
    ["executions start install -d a --force --queue", "--force and --queue exclude each other", "one of them"],
    ["executions start install -d a --timeout soon", 'Invalid value for --timeout: "soon" is not a duration', "15m"],
    ["executions start install b c -d a", 'Unexpected arguments "b" "c"', "--help"],
    ["executions start install -d a --columns nam", 'There is no column "nam"', "Columns: id, status"],
  ])("%s says what and what next", async (words, message, next) => {
    const ran = await cfy(words);
    expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
    expect(ran.stderr).toContain(next);
  });

  it("with an empty argument, as from an unset variable, is refused", async () => {
    const { code, stderr } = await cfy(["executions", "get", ""]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("Argument IDS is empty") });
  });

  it("is one JSON object on stderr with --json", async () => {
    const { stderr, stdout, code } = await cfy("executions strat --json");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: "usage",
        message: 'There is no command "strat"',
        hint: "Did you mean start?\ncfy executions --help shows what it takes.",
        status: null,
        request_id: null,
      },
    });
  });
});

describe("help", () => {
  it.each(["", "-h", "--help"])("of the program with %j lists the commands and loads none", async (words) => {
    const { code, stdout, stderr } = await cfy(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/executions +Executions\n +events/);
  });

  it("of a command is shown whatever else is missing", async () => {
    const { code, stdout } = await cfy("executions start -h");
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: cfy executions start [OPTIONS] WORKFLOW_ID");
    expect(stdout).toContain("--include-logs / --no-logs");
    expect(stdout).toContain("[default: 900]");
  });
});
