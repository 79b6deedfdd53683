import { beforeAll, describe, expect, it } from "vitest";
import { argument, choice, command, flag, group, lazy, path, text } from "../../../../src/cli/command.ts";
import { proposalLines, typedWords } from "../../../../src/cli/completion/lines.ts";
import { type Live, propose } from "../../../../src/cli/completion/propose.ts";
import { type CompletionTable, completionTable } from "../../../../src/cli/completion/table.ts";
import { ExitCode } from "../../../../src/cli/exit-code.ts";

const run = () => ExitCode.Ok;
const start = command({
  name: "start",
  summary: "Start it: now",
  arguments: { workflowId: argument({ help: "Which", complete: "workflow" }) },
  options: {
    deploymentId: text({ flags: ["-d", "--deployment-id"], help: "Where", complete: "deployment" }),
    parameters: text({ flags: ["-p", "--parameters"], help: "With", multiple: true, complete: "workflow-parameter" }),
    output: path({ flags: ["-o", "--output-path"], help: "To" }),
    mode: choice({ flags: ["--mode"], choices: ["fast", "slow"], help: "How" }),
    secret: flag({ flags: ["--secret"], help: "Not shown", hidden: true }),
    logs: flag({ flags: ["--logs"], off: ["--no-logs"], help: "Logs" }),
  },
  columns: [{ key: "id" }, { key: "status" }, { key: "started_at" }],
  run,
});
const root = group({
  name: "cfy",
  summary: "All",
  commands: [
    lazy({
      name: "executions",
      summary: "Executions",
      load: async () => group({ name: "executions", summary: "Executions", commands: [start] }),
    }),
    command({ name: "events", summary: "Events", formats: ["sarif"], run }),
    command({ name: "internal", summary: "Hidden", hidden: true, run }),
    command({ name: "help", summary: "Help", arguments: { s: argument({ help: "", complete: "help-topic" }) }, run }),
  ],
});

let table: CompletionTable;
beforeAll(async () => {
  table = await completionTable(root);
});

const words = (line: string) => propose(table, line.split(" ")).candidates.map(({ word }) => word);

describe("completion proposes", () => {
  it.each<[string, string[]]>([
    ["", ["executions", "events", "help"]],
    ["e", ["executions", "events"]],
    ["--json ev", ["events"]],
    ["exec ", ["start"]],
    ["executions start --mo", ["--mode"]],
    ["executions start --mode ", ["fast", "slow"]],
    ["executions start --mode=s", ["slow"]],
    ["executions start --se", []],
    ["executions start --mode fast --mo", []],
    ["executions start -p a=1 --par", ["--parameters"]],
    ["executions start --no", ["--no-logs", "--no-headers", "--no-pager"]],
    ["executions start --columns s", ["status", "started_at"]],
    ["executions start --columns status,st", ["status,started_at"]],
    ["executions start -- -", []],
    ["executions start --format s", []],
    ["events --format s", ["sarif"]],
    ["help ex", ["exit-codes", "executions"]],
    ["nonsense --js", ["--json"]],
  ])("for `cfy %s`", (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it("a command's own short option before the one that every command has", () => {
    const { candidates } = propose(table, ["executions", "start", "-"]);
    expect(candidates.filter(({ word }) => word === "-o")).toEqual([{ word: "-o", meaning: "To" }]);
  });

  it.each([
    "executions start -p ./in",
    "executions start -p @in",
    "executions start -o ",
    "executions start --output-path=x",
  ])("files for `cfy %s`", (line) => {
    expect(propose(table, line.split(" "))).toMatchObject({ candidates: [], files: "file" });
  });

  it.each<[string, string, Partial<Live>]>([
    ["executions start heal -d app -p fo", "", { beginning: "fo", given: [] }],
    ["executions start heal -p a=1 -p force=t", "force=", { beginning: "t", key: "force", given: ["a=1"] }],
    ["executions start heal --parameters=force=", "--parameters=force=", { beginning: "", key: "force" }],
  ])("parameters of the workflow for `cfy %s`", (line, prefix, expected) => {
    const proposal = propose(table, line.split(" "));
    expect(proposal.prefix).toBe(prefix);
    expect(proposal.live).toMatchObject({ completer: "workflow-parameter", ...expected });
    expect(proposal.live?.known.get("WORKFLOW_ID")).toBe("heal");
  });

  it.each<[string, string, Record<string, string>]>([
    ["executions start in", "workflow", {}],
    ["executions start -d app in", "workflow", { DEPLOYMENT_ID: "app" }],
    ["executions start -dapp ", "workflow", { DEPLOYMENT_ID: "app" }],
    ["executions start --deployment-id=app ", "workflow", { DEPLOYMENT_ID: "app" }],
    ["executions start install -d ", "deployment", { WORKFLOW_ID: "install" }],
  ])("what the server knows for `cfy %s`", (line, completer, known) => {
    const { live } = propose(table, line.split(" "));
    expect(live?.completer).toBe(completer);
    expect(Object.fromEntries(live?.known ?? [])).toEqual(known);
  });
});

describe("for the shells", () => {
  const candidates = [{ word: "a:b", meaning: "what\nit is" }];

  it.each<["bash" | "zsh" | "fish", string]>([
    ["bash", "a:b\n"],
    ["zsh", "--x=a\\:b:what it is\n"],
    ["fish", "--x=a:b\twhat it is\n"],
  ])("%s gets the lines that its script understands", (shell, lines) => {
    expect(proposalLines(shell, { candidates, prefix: "--x=" })).toBe(lines);
  });

  it("nothing that a server calls something does anything on the command line", () => {
    const words = ["$(reboot)", "a b;c", "`x`", "line\nbreak", "\u001b]0;title\u0007"];
    const asked = { candidates: words.map((word) => ({ word, meaning: "" })), prefix: "" };
    expect(proposalLines("bash", asked)).toBe("\\$\\(reboot\\)\na\\ b\\;c\n\\`x\\`\n");
    expect(proposalLines("fish", asked)).toBe("$(reboot)\na b;c\n`x`\n");
  });

  it("bash's three words of --format=json are one again", () => {
    expect(typedWords("bash", ["list", "--format", "=", "js"])).toEqual(["list", "--format=js"]);
    expect(typedWords("bash", ["start", "-p", "a", "=", "1", "-p", "b", "="])).toEqual([
      "start",
      "-p",
      "a=1",
      "-p",
      "b=",
    ]);
    expect(typedWords("bash", ["start", "-p", "b", "=", "-d"])).toEqual(["start", "-p", "b=", "-d"]);
  });
});
