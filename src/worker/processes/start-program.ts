import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Duplex, Readable } from "node:stream";
import type { ProcessGroup, Program } from "./process-group.ts";
import { recordGroup } from "./recorded-group.ts";

/** Starts a program as a child of this very process. @throws the spawn error (ENOENT, EACCES …) */
export async function startProgram({ command, args, cwd, env, channel, record }: Program): Promise<ProcessGroup> {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe", ...(channel ? (["pipe"] as const) : [])],
    detached: true,
  }) as ChildProcessByStdio<null, Readable, Readable>;
  const exited = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  exited.catch(() => undefined);
  await once(child, "spawn");
  const { pid = 0, stdout, stderr, stdio } = child;
  try {
    if (record !== undefined) recordGroup(record, pid);
  } catch (error) {
    // A process that no later worker could find must not run.
    process.kill(-pid, "SIGKILL");
    throw error;
  }
  return { pid, stdout, stderr, channel: channel ? (stdio[3] as Duplex) : null, exited };
}
