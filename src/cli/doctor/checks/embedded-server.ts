import type { Client } from "../../../client/client.ts";
import { timestamp } from "../../../lib/clock.ts";
import { runningServer } from "../../connection/server-process.ts";
import { type Check, type Finding, ok, skip } from "../check.ts";
import { isLocal, type Subject } from "../subject.ts";

/** Whether the server of this machine runs. That it does not is well: it starts when it is needed. */
export const embeddedServer = (subject: Subject): Check => ({
  id: "server",
  run: () => look(subject),
});

/** The same, started when it does not run. */
export const startedServer = (subject: Subject, client: () => Client): Check => ({
  id: "server",
  async run(signal) {
    await client().manager.version({ signal });
    return look(subject);
  },
});

/** A check that asks the server, for as long as there is one to ask. */
export const whileRunning = ({ home }: Subject, check: Check): Check => ({
  ...check,
  run: async (signal) =>
    (await runningServer(home)) ? check.run(signal) : skip("not tried: the server does not run (--start starts it)"),
});

async function look(subject: Subject): Promise<Finding> {
  const { home } = subject;
  const running = await runningServer(home);
  const places = `socket ${home.socket}, log ${home.log}`;
  if (running) {
    const since = running.startedAt === undefined ? "" : ` since ${timestamp(running.startedAt)}`;
    return ok(`process ${running.pid ?? "unknown"}${since}; ${places}`);
  }
  if (!isLocal(subject)) return ok("not running, and not needed by this profile");
  return ok(`not running, starts with the next command; ${places}`);
}
