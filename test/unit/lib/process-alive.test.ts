import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished } from "vitest";
import { isAlive, isGroupAlive } from "../../../src/lib/process-alive.ts";

/** A process, alone in its group, whose parent never asks how it has ended. */
async function neglected(): Promise<number> {
  const python =
    "import os, subprocess, time; p = subprocess.Popen(['sleep', '60'], start_new_session=True); print(p.pid, flush=True); time.sleep(60)";
  const parent = spawn("python3", ["-c", python], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [pid] = await once(createInterface({ input: parent.stdout }), "line");
  return Number(pid);
}

it("a process and its group are alive until they have ended, reaped or not", async () => {
  const pid = await neglected();
  expect([isAlive(pid), isGroupAlive(pid)]).toEqual([true, true]);
  process.kill(pid, "SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  expect(isGroupAlive(pid)).toBe(false);
  expect(process.kill(pid, 0)).toBe(true);
});

it.each([0, -1, Number.NaN, 999_999_999])("%d is the number of none", (number) => {
  expect([isAlive(number), isGroupAlive(number)]).toEqual([false, false]);
});
