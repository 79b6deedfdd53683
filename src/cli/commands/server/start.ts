import { existsSync } from "node:fs";
import { serverHome } from "../../../lib/server-home.ts";
import { command, valued } from "../../command.ts";
import { serverCommand } from "../../connection/launch.ts";
import { ensureLocalServer } from "../../connection/local-server.ts";
import { runningServer } from "../../connection/server-process.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { addressType } from "./address.ts";

/** `cfy server start`: a server in the background that stays, while one that a command started stops when idle. */
export const start = command({
  name: "start",
  summary: "Start the server of this machine in the background",
  description:
    "Commands start one by themselves when they need it, which stops when idle. This one stays until `cfy server stop`.",
  options: {
    listen: valued(addressType, { flags: ["--listen"], metavar: "HOST:PORT", help: "Serve the network as well" }),
  },
  examples: [["cfy server start", "keep it running, so that schedules are kept"]],
  async run(ctx, { listen }) {
    const { env, clock } = ctx;
    const root = cloudifyRoot(env);
    const home = serverHome(root);
    const before = await runningServer(home);
    if (before && !listen) {
      ctx.notice(`It runs already${before.pid === undefined ? "" : ` (process ${before.pid})`}`);
      return ExitCode.Ok;
    }
    if (before) {
      throw new CfyError("already_running", "A server runs already, and it cannot be told to listen elsewhere", {
        exit: ExitCode.Conflict,
        hint: "cfy server stop, and then start it anew",
      });
    }
    const address = listen && [
      "--listen",
      `${listen.host.includes(":") ? `[${listen.host}]` : listen.host}:${listen.port}`,
    ];
    await ensureLocalServer({ home, root, env, clock, command: [...serverCommand(), ...(address ?? [])] }, ctx.signal);
    const { pid } = (await runningServer(home)) ?? {};
    ctx.notice(`Started${pid === undefined ? "" : ` (process ${pid})`}: ${home.socket}`);
    if (listen && existsSync(home.adminPassword)) ctx.notice(`The password of admin is in ${home.adminPassword}`);
    return ExitCode.Ok;
  },
});
