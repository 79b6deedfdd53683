import { existsSync } from "node:fs";
import { timestamp } from "../../../lib/clock.ts";
import { serverHome } from "../../../lib/server-home.ts";
import { command } from "../../command.ts";
import { runningServer } from "../../connection/server-process.ts";
import { ExitCode } from "../../exit-code.ts";
import { cloudifyRoot } from "../../profiles/root.ts";

/** `cfy server status`: looks without starting anything. */
export const status = command({
  name: "status",
  summary: "Say whether the server of this machine runs, and where it keeps what it has",
  description: "Exit code 0 when it runs, 69 when it does not.",
  examples: [["cfy server status", "does it run, since when, and where is its data?"]],
  async run(ctx) {
    const home = serverHome(cloudifyRoot(ctx.env));
    const server = await runningServer(home);
    await ctx.output.details("Server of this machine:", {
      status: server ? "running" : "stopped",
      pid: server?.pid ?? null,
      started_at: server?.startedAt === undefined ? null : timestamp(server.startedAt),
      socket: home.socket,
      directory: home.directory,
      admin_password_file: existsSync(home.adminPassword) ? home.adminPassword : null,
      log: home.log,
      worker_log: home.workerLog,
    });
    return server ? ExitCode.Ok : ExitCode.Unreachable;
  },
});
