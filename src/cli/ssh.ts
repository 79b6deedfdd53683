import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { CfyError } from "./errors.ts";
import { ExitCode } from "./exit-code.ts";

/** A host that the system's own `ssh` logs in to. */
export interface SshHost {
  address: string;
  user: string;
  keyFile: string;
  port: number;
}

/** Ended by ssh itself, not by the command that it ran. */
const SSH_FAILED = 255;

/**
 * Runs a command line on a host, perhaps with a file as its input.
 * @throws CfyError there is no ssh here, the host lets nobody in, or the command failed
 */
export async function runOn(host: SshHost, line: string, signal: AbortSignal, input?: string): Promise<void> {
  // No question that nobody could answer; `--` keeps an address from being an option.
  const options = ["-o", "BatchMode=yes", "-i", host.keyFile, "-p", String(host.port), "-l", host.user];
  const child = spawn("ssh", [...options, "--", host.address, line], {
    stdio: [input === undefined ? "ignore" : "pipe", "ignore", "pipe"],
    signal,
  });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", (cause: NodeJS.ErrnoException) => {
      reject(signal.aborted ? signal.reason : cause.code === "ENOENT" ? noSsh() : cause);
    });
    child.on("close", resolve);
  });
  // The command may end before it has read all; its exit code tells more than the broken pipe.
  const fed =
    input !== undefined && child.stdin ? pipeline(createReadStream(input), child.stdin).catch(() => {}) : undefined;
  const code = await ended;
  await fed;
  if (code === 0) return;
  const why = said.trim().split("\n").at(-1) || `exit code ${code}`;
  if (code === SSH_FAILED) throw unreachable(host, why);
  throw new CfyError("remote_command_failed", `On ${host.address}, ${line.split(" ", 3).join(" ")} failed: ${why}`, {
    hint: `ssh -i ${host.keyFile} ${host.user}@${host.address}`,
  });
}

const noSsh = (): CfyError =>
  new CfyError("no_ssh", "This command logs in to hosts with `ssh`, and there is none here", {
    hint: "Install OpenSSH's client, or run the command where there is one.",
  });

const unreachable = ({ address, user, keyFile, port }: SshHost, why: string): CfyError =>
  new CfyError("ssh_failed", `${user}@${address} cannot be logged in to: ${why}`, {
    exit: ExitCode.Unreachable,
    hint: [`ssh -p ${port} -i ${keyFile} ${user}@${address}`, "cfy profiles set --ssh-user USER --ssh-key FILE"],
  });
