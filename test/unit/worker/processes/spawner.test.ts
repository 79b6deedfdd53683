import { once } from "node:events";
import { tmpdir } from "node:os";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { isAlive } from "../../../../src/lib/process-alive.ts";
import { frameworkDirectory } from "../../../../src/worker/processes/framework.ts";
import { findPython } from "../../../../src/worker/processes/python.ts";
import { Spawner } from "../../../../src/worker/processes/spawner.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const framework = frameworkDirectory();
let spawner = new Spawner({ python: findPython, framework, env: process.env });
afterEach(async () => {
  await spawner.close();
  spawner = new Spawner({ python: findPython, framework, env: process.env });
});

const shell = (line: string, change: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) => ({
  command: "/bin/sh",
  args: ["-c", line],
  cwd: tmpdir(),
  env: process.env,
  ...change,
});

/** The first line of a stream that goes on. */
const firstLine = async (stream: Readable): Promise<string> => String((await once(stream, "data"))[0]).trim();

describe("a program", () => {
  it("has its own directory, environment and session, reads nothing, and tells how it ended", async () => {
    const env = { PATH: process.env["PATH"], GREETING: "grüezi" };
    const line = "cat; pwd; echo $GREETING >&2; ps -o sid= -p $$; echo $$; exit 7";
    const group = await spawner.run(shell(line, { cwd: "/", env }));
    const [out, err] = await Promise.all([text(group.stdout), text(group.stderr)]);
    expect(out.split(/\s+/).filter(Boolean)).toEqual(["/", String(group.pid), String(group.pid)]);
    expect(err).toBe("grüezi\n");
    expect(await group.exited).toEqual({ code: 7, signal: null });
  });

  it("may open its output by name", async () => {
    const group = await spawner.run(shell("echo aside > /dev/stderr; echo straight | tee /dev/stdout"));
    expect(await text(group.stderr)).toBe("aside\n");
    expect(await text(group.stdout)).toBe("straight\nstraight\n");
  });

  it("has said all that it says before it is heard to end, whatever a child of it holds", async () => {
    const group = await spawner.run(shell("sleep 60 & head -c 60000 /dev/zero"));
    let heard = 0;
    group.stdout.on("data", (chunk: Buffer) => {
      heard += chunk.length;
    });
    await group.exited;
    // Both may have come at once: then the stream has it, and tells it in the next turn.
    await nextTurn();
    expect(heard).toBe(60_000);
    process.kill(-group.pid, "SIGKILL");
  });

  it("says which signal ended it", async () => {
    const group = await spawner.run(shell("kill -9 $$"));
    expect(await group.exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  it.each([
    ["a command", { command: "/no/such/program" }, "ENOENT"],
    ["a directory", { cwd: "/no/such/directory" }, "ENOENT"],
    ["a permission", { command: "/etc/passwd" }, "EACCES"],
    ["a sense of its environment", { env: { "A=B\0": "c" } }, "EINVAL"],
  ])("that lacks %s is refused with the reason, and the next one runs", async (_, change, code) => {
    await expect(spawner.run({ ...shell("true"), ...change })).rejects.toMatchObject({ code });
    expect(await (await spawner.run(shell("exit 3"))).exited).toEqual({ code: 3, signal: null });
  });

  it("that cannot be noted for a later worker does not run, and the next one does", async () => {
    const folder = temporaryDirectory();
    const program = { ...shell("sleep 60"), record: folder };
    await expect(spawner.run(program)).rejects.toMatchObject({ code: "EISDIR" });
    expect(await (await spawner.run(shell("exit 3"))).exited).toEqual({ code: 3, signal: null });
  });

  it("is a child of the worker itself where there is no Python", async () => {
    const python = () => Promise.reject(new Error("no python3"));
    const group = await new Spawner({ python, framework, env: process.env }).run(shell("echo all the same"));
    expect(await text(group.stdout)).toBe("all the same\n");
  });

  it("may leave something running, which outlives the spawner", async () => {
    const group = await spawner.run(shell("sleep 60 & echo $!"));
    const left = Number(await firstLine(group.stdout));
    await group.exited;
    await spawner.close();
    expect(isAlive(left)).toBe(true);
    process.kill(left, "SIGKILL");
  });

  it("is heard of as lost when the spawner dies, its processes end, and the next one runs", async () => {
    const group = await spawner.run(shell("echo $PPID; sleep 60"));
    process.kill(Number(await firstLine(group.stdout)), "SIGKILL");
    expect(await group.exited).toEqual({ code: null, signal: "SIGKILL" });
    expect(await (await spawner.run(shell("exit 3"))).exited).toEqual({ code: 3, signal: null });
  });
});
