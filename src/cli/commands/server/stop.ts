import { serverHome } from "../../../lib/server-home.ts";
import { command } from "../../command.ts";
import { runningServer, stopServer } from "../../connection/server-process.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { cloudifyRoot } from "../../profiles/root.ts";

/** `cfy server stop` */
export const stop = command({
  name: "stop",
  summary: "Stop the server of this machine",
  description: "Executions that run go on without it. The next command that needs a server starts one.",
  examples: [["cfy server stop", "the next command that needs it starts it again"]],
  async run(ctx) {
    const home = serverHome(cloudifyRoot(ctx.env));
    const server = await runningServer(home);
    if (!server) {
      ctx.notice("No server runs");
      return ExitCode.Ok;
    }
    if (server.pid === undefined) {
      throw new CfyError(
        "server_pid_unknown",
        `A server answers on ${home.socket}, but ${home.pidFile} does not say which process it is`,
        {
          hint: "It may be starting or stopping at this moment: try again",
          exit: ExitCode.TryLater,
        },
      );
    }
    await stopServer(server.pid, ctx.clock, ctx.signal);
    ctx.notice(`Stopped (process ${server.pid})`);
    return ExitCode.Ok;
  },
});
