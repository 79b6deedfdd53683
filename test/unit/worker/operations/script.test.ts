import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isGroupAlive } from "../../../../src/lib/process-alive.ts";
import { anInstance, OperationHarness } from "../operation-harness.ts";

let harness: OperationHarness;
beforeEach(async () => {
  harness = await OperationHarness.make();
});
afterEach(() => harness.remove());

const script = (...lines: string[]) => ({ script_source: ["#!/bin/bash", ...lines].join("\n") });

describe("a shell script", () => {
  it("reads properties and sets runtime properties through ctx", async () => {
    const outcome = await harness.run(
      script(
        'echo "port=$(ctx node properties port) tag=$(ctx node properties "tags[1]") all=$(ctx -j node properties)"',
        "ctx instance runtime-properties number @42",
        "ctx instance runtime-properties list '@[1, \"two\"]'",
        "ctx instance runtime-properties deep.inner value",
        'echo "$(ctx instance runtime-properties list) $(ctx instance id) retry=$(ctx operation retry-number)"',
        "ctx returns done",
      ),
    );
    expect(outcome).toEqual({ succeeded: true, result: "done" });
    expect(harness.said).toEqual([
      '<out> port=80 tag=b all={"port": 80, "tags": ["a", "b"]}',
      "<out> [1, 'two'] web_1 retry=",
    ]);
    expect(harness.stored).toEqual({ web_1: { number: 42, list: [1, "two"], deep: { inner: "value" } } });
  });

  it("sees both sides of a relationship", async () => {
    const subject = {
      kind: "relationship-instance" as const,
      source: anInstance("web_1"),
      target: anInstance("db_1", { address: "10.0.0.5" }),
      side: "source" as const,
      type: "cloudify.relationships.connected_to",
    };
    const lines = [
      'echo "$(ctx source node id) to $(ctx target instance runtime-properties address)"',
      "ctx target instance runtime-properties seen @true",
    ];
    await harness.run(script(...lines), { subject });
    expect(harness.said).toEqual(["<out> web to 10.0.0.5"]);
    expect(harness.stored).toEqual({ db_1: { seen: true } });
  });

  it("gets its inputs as environment variables, which process.env overrides", async () => {
    const process = { env: { text: "replaced" }, args: ["one", "two words"], cwd: "/" };
    await harness.run({
      ...script('echo "$text $flag $nothing $thing $# $PWD"'),
      text: "abc",
      flag: true,
      nothing: null,
      thing: { k: [1] },
      process,
    });
    expect(harness.said).toEqual(['<out> replaced true None {"k": [1]} 3 /']);
  });

  it("fails with its command, exit code and output, and may be retried", async () => {
    const outcome = await harness.run(script("echo half", "echo no luck >&2", "exit 7"));
    expect(outcome).toMatchObject({
      succeeded: false,
      failure: {
        type: "ProcessException",
        kind: "recoverable",
        message: expect.stringMatching(/^command: \S+script.sh, exit_code: 7, stdout: half\n, stderr: no luck\n$/),
      },
    });
  });

  it.each([
    ["ctx abort-operation 'giving up'", { kind: "non-recoverable", type: "NonRecoverableError", message: "giving up" }],
    ["ctx retry-operation later", { kind: "reschedule", type: "OperationRetry", message: "later" }],
    ["ctx operation retry later @5", { kind: "reschedule", retryAfter: 5, message: "later [retry_after=5]" }],
    ["ctx returns a; ctx returns b", { kind: "non-recoverable", message: "ctx may only abort or return once" }],
  ])("%s decides how it ends", async (line, failure) => {
    expect(await harness.run(script(line))).toMatchObject({ succeeded: false, failure });
  });

  it.each(["node properties nokey", "nothing-here", "instance runtime-properties absent", "target node id"])(
    "ctx %s exits 1",
    async (words) => {
      await harness.run(script(`ctx ${words} 2>/dev/null; echo "rc=$?"`));
      expect(harness.said).toEqual(["<out> rc=1"]);
    },
  );

  it("keeps its runtime properties when it fails", async () => {
    await harness.run(script("ctx instance runtime-properties step 1", "exit 1"));
    expect(harness.stored).toEqual({ web_1: { step: "1" } });
  });

  it("is to be tried again when another operation has changed the same runtime property meanwhile", async () => {
    harness.stored["web_1"] = { members: ["other"], others: "own" };
    const outcome = await harness.run(script("ctx instance runtime-properties members '@[\"mine\"]'"));
    const message = expect.stringMatching(/web_1 were changed by another operation .*: members$/);
    expect(outcome).toMatchObject({ succeeded: false, failure: { kind: "recoverable", message } });
    expect(harness.stored).toEqual({ web_1: { members: ["other"], others: "own" } });
  });

  it("leaves alone what another operation has done to other runtime properties", async () => {
    harness.stored["web_1"] = { others: "own" };
    expect(await harness.run(script("ctx instance runtime-properties mine 1"))).toMatchObject({ succeeded: true });
    expect(harness.stored).toEqual({ web_1: { others: "own", mine: "1" } });
  });

  it("may print ten megabytes, bytes that are no text, and no line end", async () => {
    await harness.run(script("head -c 10000000 /dev/zero | tr '\\0' x", "printf '\\xff\\xfe ok\\nlast'"));
    const printed = harness.said.map((line) => line.slice("<out> ".length)).join("");
    expect(printed).toHaveLength(10_000_000 + "\ufffd\ufffd oklast".length);
    expect(Math.max(...harness.said.map((line) => line.length))).toBeLessThan(70_000);
  });

  it("ends although a child that it left behind holds its output", async () => {
    expect(await harness.run(script("sleep 60 &", "echo started"))).toMatchObject({ succeeded: true });
    process.kill(-(harness.groups[0] ?? 0), "SIGKILL");
  });

  it("runs without an execute bit, and by its command prefix", async () => {
    await harness.file("scripts/prog", "echo run by prefix");
    const outcome = await harness.run({ script_path: "scripts/prog", process: { command_prefix: "/bin/bash" } });
    expect(outcome).toMatchObject({ succeeded: true });
    expect(harness.said).toEqual(["<out> run by prefix"]);
  });

  it("is copied once for all who run it, and again when it has changed or removed itself", async () => {
    const runs = async (text: string) => {
      await harness.file("scripts/where.sh", text);
      await harness.run({ script_path: "scripts/where.sh" });
      await harness.run({ script_path: "scripts/where.sh" });
      return harness.said.slice(-2);
    };
    const [first, again] = await runs("echo $0\n");
    expect(again).toBe(first);
    const [changed, gone] = await runs("echo changed $0; rm $0\n");
    expect(changed).toMatch(/^<out> changed /);
    expect(gone).toMatch(/^<out> changed /);
    expect(gone).not.toBe(changed);
  });

  it("is killed with everything it forked when its time is over", async () => {
    const outcome = await harness.run(script("sleep 60 & echo $! > child", "wait"), {
      timeout: 0.5,
      timeoutRecoverable: true,
    });
    expect(outcome).toMatchObject({
      failure: { kind: "recoverable", message: "Process killed due to timeout of 0.5 seconds" },
    });
    expect(isGroupAlive(harness.groups[0] ?? 0)).toBe(false);
  });

  it("is killed with everything it forked when a kill is asked for, although it ignores SIGTERM", async () => {
    const running = harness.run(script("trap '' TERM", "echo ready", "sleep 60 & wait; sleep 60"));
    await harness.logged("ready");
    harness.kill.abort();
    expect(await running).toMatchObject({ failure: { type: "ProcessKillCancelled" } });
    expect(isGroupAlive(harness.groups[0] ?? 0)).toBe(false);
  });
});
