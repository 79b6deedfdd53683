import { command } from "../command.ts";
import { ExitCode } from "../exit-code.ts";
import { cloudifyRoot } from "../profiles/root.ts";

/** `cfy worker`: is a worker of this user's server. The server starts it; there is no need to do so by hand. */
export const worker = command({
  name: "worker",
  summary: "Run executions for the management server of this machine",
  async run(ctx) {
    const { env, clock, signal } = ctx;
    await ctx.roles.work({ root: cloudifyRoot(env), env, clock }, signal);
    return ExitCode.Ok;
  },
});
