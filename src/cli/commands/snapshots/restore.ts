import type { Client } from "../../../client/index.ts";
import { isTransient } from "../../../client/index.ts";
import { command, flag } from "../../command.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { optionalWait } from "../../options/wait.ts";
import { counted } from "../../output/counted.ts";
import { showStarted } from "../executions/show-started.ts";
import { startSystemExecution } from "../executions/system-execution.ts";
import { snapshotId } from "./snapshot-id.ts";

/** `cfy snapshots restore` */
export const restore = command({
  name: "restore",
  summary: "Bring the server back to the state of a snapshot",
  arguments: { snapshotId: { ...snapshotId, complete: "created-snapshot" } },
  options: {
    force: flag({ flags: ["-f", "--force"], help: "Even when the server is not empty" }),
    restoreCertificates: flag({
      flags: ["--restore-certificates"],
      help: "The certificates too; the server restarts afterwards",
    }),
    noReboot: flag({ flags: ["--no-reboot"], help: "With --restore-certificates: do not restart it" }),
    ignorePluginFailure: flag({
      flags: ["-i", "--ignore-plugin-failure"],
      help: "Go on when a plugin cannot be installed",
    }),
    ...optionalWait,
  },
  examples: [["cfy snapshots restore before_upgrade", "then: cfy snapshots status"]],
  async run(ctx, { snapshotId, wait, timeout, ...args }) {
    ctx.notice(`Restoring snapshot ${snapshotId} …`);
    const client = ctx.client();
    const request = {
      force: args.force,
      restore_certificates: args.restoreCertificates,
      no_reboot: args.noReboot,
      ignore_plugin_failure: args.ignorePluginFailure,
    };
    const execution = await startSystemExecution(ctx, client, {
      doing: `restoring snapshot ${snapshotId}`,
      workflow: "restore_snapshot",
      parameter: "snapshot_id",
      value: snapshotId,
      send: () => client.snapshots.restore(snapshotId, request),
    });
    if (wait) await restored(ctx, client, timeout);
    const code = wait ? sayRestored(ctx, snapshotId) : await showStarted(ctx, execution);
    ctx.notice("  cfy snapshots status");
    if (args.restoreCertificates) {
      ctx.notice(
        args.noReboot ? "Restart the server afterwards: it has other certificates." : "The server restarts afterwards.",
      );
    }
    return code;
  },
});

function sayRestored(ctx: Context, id: string): ExitCode {
  ctx.output.line(`The restore of ${id} has ended`);
  return ExitCode.Ok;
}

const LOOK_EVERY_MS = 2000;

/**
 * Waits until the server is through with a restore. It may be away meanwhile, and its executions are replaced, so only
 * the one resource that answers throughout is asked.
 * @throws CfyError the time is over; the restore goes on
 */
async function restored(ctx: Context, client: Client, timeoutSeconds: number): Promise<void> {
  const deadline = timeoutSeconds > 0 ? ctx.clock.now() + timeoutSeconds * 1000 : Number.POSITIVE_INFINITY;
  do {
    await ctx.clock.sleep(LOOK_EVERY_MS, ctx.signal);
    const state = await client.snapshots.status({ signal: ctx.signal }).catch((error: unknown) => {
      if (!isTransient(error)) throw error;
      return { status: "running" };
    });
    if (state.status !== "running") return;
  } while (ctx.clock.now() < deadline);
  throw new CfyError(
    "timed_out",
    `The snapshot is not restored after ${counted(timeoutSeconds, "second")}; it goes on`,
    {
      exit: ExitCode.TimedOut,
      hint: "cfy snapshots status",
    },
  );
}
