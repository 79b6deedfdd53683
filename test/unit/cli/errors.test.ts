import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { command, group } from "../../../src/cli/command.ts";
import { CfyError } from "../../../src/cli/errors.ts";
import { EXIT_CODE_MEANINGS, ExitCode } from "../../../src/cli/exit-code.ts";
import { explain } from "../../../src/cli/explain.ts";
import { runProgram } from "../../../src/cli/program.ts";
import { RestError } from "../../../src/client/errors.ts";
import { world } from "../../helpers/cfy.ts";

async function failing(error: () => unknown, words: string[] = [], signal?: AbortSignal) {
  const fail = command({
    name: "fail",
    summary: "Fail",
    run: async () => {
      throw await error();
    },
  });
  const { world: around, written } = world({ signal });
  const root = group({ name: "cfy", summary: "All", commands: [fail] });
  const code = await runProgram(root, ["fail", ...words], around, async () => () => {
    throw new Error("no connection");
  });
  return { code, ...written() };
}

const refusal = () =>
  new RestError({
    status: 404,
    code: "not_found_error",
    message: "no such deployment",
    body: { message: "no such deployment", error_code: "not_found_error", server_traceback: "line 1 of the server" },
    requestId: "r-1",
    method: "GET",
    url: "http://h/api",
  });

describe("an error", () => {
  it("is told with what to do next, on stderr", async () => {
    const error = () =>
      new CfyError("busy", "It is busy", { exit: ExitCode.Conflict, hint: ["Wait.", "Or force it."] });
    expect(await failing(error)).toEqual({
      code: 6,
      stdout: "",
      stderr: "Error: It is busy\n  Wait.\n  Or force it.\n",
    });
  });

  it.each([
    ["ENOSPC", undefined, "There is no room left on the disk"],
    [
      "ENOSPC",
      "/home/x/.cloudify/a",
      "/home/x/.cloudify/a does not fit: the disk is full\n  CFY_WORKDIR names another",
    ],
    ["EROFS", "/home/x/.cloudify", "/home/x/.cloudify is on a disk that can only be read\n  CFY_WORKDIR names another"],
    ["EACCES", "/etc/shadow", "/etc/shadow may not be accessed\n"],
  ])("of the file system, %s of %s, is a sentence", async (code, path, told) => {
    const error = Object.assign(new Error("write"), { code, syscall: "write", ...(path && { path }) });
    expect(await failing(() => error)).toMatchObject({ code: 1, stderr: expect.stringContaining(`Error: ${told}`) });
  });

  it("of the server keeps its status and request id in JSON", async () => {
    const { code, stderr, stdout } = await failing(refusal, ["--json"]);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: "not_found_error",
        message: "no such deployment",
        hint: null,
        status: 404,
        request_id: "r-1",
      },
    });
  });

  it("shows the traces of both sides with -v only", async () => {
    expect((await failing(refusal)).stderr).not.toContain("line 1 of the server");
    expect((await failing(refusal, ["-v"])).stderr).toContain("On the server:\nline 1 of the server");
  });

  it("about a file names the file and what is wrong with it", async () => {
    const { code, stderr } = await failing(() => readFile("/no/such/file").catch((error) => error));
    expect({ code, stderr }).toEqual({ code: 5, stderr: "Error: /no/such/file does not exist\n" });
  });

  it.each([
    ["/nonexistent/.cloudify", ["CFY_WORKDIR names another place for what cfy keeps."]],
    ["/home/ada/.cloudify", []],
  ])("about a directory in which cfy cannot keep %s says what to do", (root, hint) => {
    const refused = Object.assign(new Error(), { code: "EACCES", syscall: "mkdir", path: "/nonexistent" });
    const explained = explain(refused, new AbortController().signal, root);
    expect(explained).toMatchObject({ message: "/nonexistent may not be accessed", hint });
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("after %s is the interruption", async (reason, code) => {
    const ran = await failing(() => new Error("aborted"), [], AbortSignal.abort(reason));
    expect(ran).toEqual({ code, stdout: "", stderr: "Error: Interrupted\n" });
  });
});

it("every exit code is documented once", () => {
  expect(EXIT_CODE_MEANINGS.map(({ code }) => code)).toEqual(Object.values(ExitCode));
});
