import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fakeManager } from "../helpers/fake-manager.ts";
import { FreshHome } from "./fresh-home.ts";

const run = promisify(execFile);
const installed = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

let home: FreshHome;
beforeAll(() => {
  home = new FreshHome();
  mkdirSync(join(home.path, "bin"));
  symlinkSync(resolve("bin/cfy.js"), join(home.path, "bin/cfy"));
});
afterAll(() => home.remove());

/** A shell of its own, with `cfy` on the path and nothing of the user's. */
async function shell(program: string, args: string[]): Promise<string> {
  const PATH = `${join(home.path, "bin")}${delimiter}${process.env.PATH}`;
  const env = home.environment({ PATH, CFY_COMPLETION_SECONDS: "60" });
  const { stdout } = await run(program, args, { env, cwd: home.path });
  return stdout;
}

/** What bash would put on the line, or show as a choice. */
async function bash(...words: string[]): Promise<string[]> {
  const script = resolve("completions/cfy.bash");
  const fill = `source ${script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cfy; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const stdout = await shell("bash", ["--noprofile", "--norc", "-c", fill, "bash", ...words]);
  return stdout.split("\n").filter(Boolean);
}

/** Uses a manager that this test plays. */
async function withManager(): Promise<ReturnType<typeof fakeManager>> {
  const manager = fakeManager();
  home.useManager(await manager.endpoint());
  return manager;
}

describe.runIf(installed("bash"))("in bash", () => {
  it("commands, options and choices are completed", async () => {
    expect(await bash("cfy", "exec", "canc")).toEqual(["cancel"]);
    expect(await bash("cfy", "executions", "list", "--desc")).toEqual(["--descending"]);
    expect(await bash("cfy", "executions", "list", "--format", "=", "js")).toEqual(["json", "jsonl"]);
    expect(await bash("cfy", "executions", "list", "--columns", "id,stat")).toEqual(["id,status"]);
  });

  it("files are left to bash", async () => {
    writeFileSync(join(home.path, "inputs.yaml"), "");
    expect(await bash("cfy", "executions", "start", "install", "-p", "inp")).toEqual(["inputs.yaml"]);
  });

  it("deployments, and the workflows of the one on the line, come from the server", async () => {
    const manager = await withManager();
    manager
      .list("/deployments", [{ id: "app-1" }, { id: "other" }])
      .on("GET /deployments/app-1", { answer: { workflows: [{ name: "install" }, { name: "heal" }] } });
    expect(await bash("cfy", "executions", "start", "install", "-d", "ap")).toEqual(["app-1"]);
    expect(await bash("cfy", "executions", "start", "-d", "app-1", "he")).toEqual(["heal"]);
    manager.verify();
  });

  it("parameters of the workflow and inputs of the blueprint are completed, their values, and else files", async () => {
    const manager = await withManager();
    const parameters = { force: { type: "boolean", default: false }, nodes: { type: "list" } };
    manager
      .on("GET /deployments/app", { answer: { workflows: [{ name: "heal", parameters }] }, times: 3 })
      .on("GET /blueprints/app", { answer: { plan: { inputs: { port: { type: "integer" } } } } });
    const line = ["cfy", "executions", "start", "heal", "-d", "app", "-p"];
    expect(await bash(...line, "")).toEqual(["force=", "nodes="]);
    expect(await bash(...line, "force", "=", "t")).toEqual(["true"]);
    expect(await bash(...line, "force", "=", "true", "-p", "")).toEqual(["nodes="]);
    expect(await bash("cfy", "deployments", "create", "d1", "-b", "app", "-i", "po")).toEqual(["port="]);
    expect(await bash(...line, "./inp")).toEqual(["./inputs.yaml"]);
    manager.verify();
  });

  it("only executions that can be cancelled are proposed for cancel", async () => {
    const manager = await withManager();
    manager.list("/executions", [{ id: "E1", workflow_id: "install" }], { query: { status: "pending" } });
    expect(await bash("cfy", "executions", "cancel", "")).toEqual(["E1"]);
    manager.verify();
  });

  it("a server that refuses, or that is not there, is nothing to talk about", async () => {
    const manager = await withManager();
    manager.on("GET /deployments", { status: 401, answer: { message: "no", error_code: "unauthorized_error" } });
    const words = ["__complete", "bash", "executions", "start", "-d", ""];
    expect(await home.cfy(words)).toMatchObject({ code: 0, stdout: "", stderr: "" });
    writeFileSync(join(home.path, ".cloudify/active.profile"), "nowhere");
    expect(await home.cfy(words)).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  it("no embedded server is started for a completion", async () => {
    writeFileSync(join(home.path, ".cloudify/active.profile"), "local");
    expect(await bash("cfy", "executions", "start", "-d", "")).toEqual([]);
    expect(home.serverPid()).toBeUndefined();
  });
});

describe.runIf(installed("zsh"))("in zsh", () => {
  /** Types into an interactive zsh, and gives back the line that stands there after the tab. */
  async function zsh(typed: string): Promise<string> {
    const script = `
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell 'autoload -Uz compinit; compinit -u -d ${join(home.path, ".zcompdump")}; source ${resolve("completions/_cfy")}; PS1=; done=rea; print \${done}dy'
      zpty -r shell output '*ready*'
      zpty -w shell 'show() { print -r -- "line<$BUFFER>" }; zle -N show; bindkey "^X" show; print \${done}dier'
      zpty -r shell output '*readier*'
      zpty -w -n shell $'${typed}\\t\\x18'
      zpty -r shell output '*line<*>*'
      print -r -- $output
      zpty -d shell
    `;
    const stdout = await shell("zsh", ["-f", "-c", script]);
    return /line<(.*)>/.exec(stdout)?.[1] ?? stdout;
  }

  it("is there also where no completion system was loaded before", async () => {
    const line = `source ${resolve("completions/_cfy")}; print -r -- $_comps[cfy]`;
    expect(await shell("zsh", ["-f", "-c", line])).toBe("_cfy\n");
  });

  it("a command is completed on a real line", async () => {
    expect(await zsh("cfy executions canc")).toBe("cfy executions cancel ");
  });

  it("an option is completed on a real line", async () => {
    expect(await zsh("cfy executions list --desc")).toBe("cfy executions list --descending ");
  });

  it("a parameter is completed up to where its value begins", async () => {
    const manager = await withManager();
    const answer = { workflows: [{ name: "heal", parameters: { force: { type: "boolean", default: false } } }] };
    manager.on("GET /deployments/app", { answer, times: "any" });
    const line = "cfy executions start heal -d app -p";
    expect(await zsh(`${line} fo`)).toBe(`${line} force=`);
    expect(await zsh(`${line} force=t`)).toBe(`${line} force=true `);
  });
});

describe.runIf(installed("fish"))("in fish", () => {
  const fish = (line: string) =>
    shell("fish", ["--no-config", "-c", `source ${resolve("completions/cfy.fish")}; complete -C '${line}'`]);

  it("candidates come with what they mean", async () => {
    expect(await fish("cfy executions canc")).toMatch(/^cancel\t\S/);
    expect(await fish("cfy executions list --format=ya")).toBe("--format=yaml\n");
  });

  it("parameters come with type and default", async () => {
    const manager = await withManager();
    const answer = { workflows: [{ name: "heal", parameters: { force: { type: "boolean", default: false } } }] };
    manager.on("GET /deployments/app", { answer, times: 2 });
    expect(await fish("cfy executions start heal -d app -p f")).toBe("force=\tboolean, default false\n");
    expect(await fish("cfy executions start heal -d app -p force=f")).toBe("force=false\tthe default\n");
  });
});
