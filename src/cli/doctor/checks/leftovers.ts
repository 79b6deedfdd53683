import { lstat, readFile } from "node:fs/promises";
import { isAlive } from "../../../lib/process-alive.ts";
import { answers } from "../../connection/local-server.ts";
import { type Check, ok, warn } from "../check.ts";
import type { Subject } from "../subject.ts";

/** What a server that was killed left behind, or one that hangs holds. */
export const leftovers = ({ home }: Subject): Check => ({
  id: "leftovers",
  async run() {
    if (await answers(home.socket)) return ok("none");
    const pid = await numberIn(home.pidFile);
    if (isAlive(pid)) {
      return warn(
        `${home.pidFile} names process ${pid}, which lives, but nothing answers on the socket`,
        `If that is a server that is starting, wait; if it hangs, see cfy server logs and end it: kill ${pid}`,
        "If it is another program, the next command goes past it",
      );
    }
    if (isAlive(await numberIn(home.startLock))) return ok("none: a command is starting the server");
    const found: string[] = [];
    for (const file of [home.pidFile, home.socket, home.startLock]) {
      if (await lstat(file).catch(() => undefined)) found.push(file);
    }
    if (found.length === 0) return ok("none");
    return warn(
      `a server has ended without tidying up: ${found.join(", ")}`,
      "Nothing is lost, and the next start clears them; why it ended: cfy server logs",
    );
  },
});

/** The process that a file names; NaN where there is none. */
const numberIn = async (file: string): Promise<number> =>
  Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10);
