import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { stopServer } from "../../../../src/cli/connection/server-process.ts";
import { systemClock } from "../../../../src/lib/clock.ts";
import { isAlive } from "../../../../src/lib/process-alive.ts";
import { VirtualClock } from "../../../helpers/virtual-clock.ts";

const forever = new AbortController().signal;

/** A process that has said that it runs. */
async function running(program: string): Promise<number> {
  const source = `${program}; setInterval(() => {}, 1000); console.log("ready");`;
  const child = spawn(process.execPath, ["-e", source], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout ?? child, "data");
  return child.pid ?? 0;
}

describe("a server that is asked to stop", () => {
  it("has ended when the asking is over", async () => {
    const pid = await running("process.on('SIGTERM', () => setTimeout(() => process.exit(0), 100))");
    await stopServer(pid, systemClock, forever);
    expect(isAlive(pid)).toBe(false);
  });

  it("is told of when it does not, with what ends it", async () => {
    const pid = await running("process.on('SIGTERM', () => {})");
    await expect(stopServer(pid, new VirtualClock(), forever)).rejects.toMatchObject({
      code: "server_does_not_stop",
      hint: expect.arrayContaining([expect.stringContaining(`kill -9 ${pid}`)]),
    });
    expect(isAlive(pid)).toBe(true);
  });

  it("may have ended by itself just before", async () => {
    await stopServer(999_999_999, systemClock, forever);
  });
});
