import { spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Env } from "./context.ts";
import { harmless } from "./harmless.ts";
import type { Pager } from "./output/paged.ts";

/** Starts the command on this terminal; undefined where its program is not there. */
export async function startPager(command: string, env: Env): Promise<Pager | undefined> {
  if (!(await isThere(command, env))) return undefined;
  const child = spawn("/bin/sh", ["-c", command], {
    stdio: ["pipe", "inherit", "inherit"],
    // For a bare `less`: end at once on what fits the screen, keep colours, leave the text on the screen. What it is
    // given is UTF-8, whatever the locale.
    env: { LESS: "FRX", LESSCHARSET: "utf-8", LV: "-c", ...env },
  });
  let left = false;
  const exit = new Promise<void>((resolve) => {
    const leave = (): void => {
      left = true;
      resolve();
    };
    child.once("close", leave);
    child.once("error", leave);
  });
  child.stdin.on("error", () => {
    left = true;
  });
  const { stdin } = child;
  return {
    write(text) {
      if (!left) stdin.write(harmless(text));
    },
    async drained() {
      if (!left && stdin.writableNeedDrain) {
        await Promise.race([exit, new Promise<void>((resolve) => void stdin.once("drain", resolve))]);
      }
      return !left;
    },
    async ended() {
      stdin.end();
      await exit;
    },
  };
}

/** A pager that is missing would take what is written along. Of a command line with quotes and the like, nothing is known. */
async function isThere(command: string, env: Env): Promise<boolean> {
  const program = /^\s*([\w./+-]+)(?=\s|$)/.exec(command)?.[1];
  if (program === undefined) return true;
  const places = program.includes("/")
    ? [program]
    : (env["PATH"] ?? "").split(delimiter).map((at) => join(at, program));
  for (const place of places) {
    const found = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
