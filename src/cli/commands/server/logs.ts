import { serverHome } from "../../../lib/server-home.ts";
import { command, flag, natural } from "../../command.ts";
import { grownText, lastLines, sizeOf } from "../../connection/log-tail.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import type { OutputStream } from "../../io.ts";
import { cloudifyRoot } from "../../profiles/root.ts";

const POLL = 250;

/** `cfy server logs` */
export const logs = command({
  name: "logs",
  summary: "Show what the server of this machine has written to its log",
  options: {
    lines: natural({ flags: ["-n", "--lines"], metavar: "N", default: 100, help: "The last so many" }),
    follow: flag({ flags: ["-f", "--follow"], help: "Go on as it is written, until Ctrl-C" }),
    worker: flag({ flags: ["--worker"], help: "The log of the worker, which runs executions" }),
  },
  examples: [["cfy server logs -f", "watch it work"]],
  async run(ctx, { lines, follow, worker }) {
    const home = serverHome(cloudifyRoot(ctx.env));
    const file = worker ? home.workerLog : home.log;
    let offset = await sizeOf(file);
    if (offset === undefined && !follow) throw noLog(file);
    const last = await lastLines(file, lines);
    const write = async (stdout: OutputStream): Promise<void> => {
      for (const line of last) stdout.write(`${line}\n`);
    };
    if (!follow) {
      await ctx.output.text(write);
      return ExitCode.Ok;
    }
    await write(ctx.io.stdout);
    for (;;) {
      await pause(ctx);
      if (ctx.signal.aborted) break;
      const grown = await grownText(file, offset ?? 0);
      ctx.io.stdout.write(grown.text);
      offset = grown.offset;
    }
    return ExitCode.Ok;
  },
});

const pause = (ctx: Context): Promise<void> => ctx.clock.sleep(POLL, ctx.signal).catch(() => {});

const noLog = (file: string): CfyError =>
  new CfyError("no_log", `There is no log yet: ${file}`, {
    exit: ExitCode.NotFound,
    hint: "cfy server start starts a server",
  });
