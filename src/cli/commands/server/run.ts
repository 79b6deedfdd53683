import { command, flag, valued } from "../../command.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { cloudifyRoot } from "../../profiles/root.ts";
import { addressType } from "./address.ts";

/** `cfy server run`: is the server, in the foreground, until it is told to end. */
export const run = command({
  name: "run",
  summary: "Run the management server in the foreground",
  description:
    "Serves the unix socket of this user, and with --listen the network too. Requests from the network need " +
    "credentials: the first time, admin gets a password, and `cfy server status` names the file that holds it. It ends with Ctrl-C or SIGTERM; executions that run then go on, and the next server finds them.",
  options: {
    listen: valued(addressType, { flags: ["--listen"], metavar: "HOST:PORT", help: "Serve the network as well" }),
    embedded: flag({
      flags: ["--embedded"],
      help: "Stop when idle, and leave quietly when another server runs",
      hidden: true,
    }),
  },
  examples: [["cfy server run --listen 127.0.0.1:8080", "serve other machines' users through a proxy with TLS"]],
  async run(ctx, { listen, embedded }) {
    const { env, clock, signal } = ctx;
    const root = cloudifyRoot(env);
    const ending = await ctx.roles.serve({ root, env, clock, embedded, listen }, signal);
    if (ending.kind !== "already-running" || embedded) return ExitCode.Ok;
    const process = ending.pid === undefined ? "" : ` (process ${ending.pid})`;
    throw new CfyError("already_running", `A server already runs for ${root}${process}`, {
      exit: ExitCode.Conflict,
      hint: ["cfy server stop ends it", "CFY_WORKDIR=DIR cfy server run serves another home"],
    });
  },
});
