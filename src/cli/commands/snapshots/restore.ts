import { command, flag } from "../../command.ts";
import { showStarted } from "../executions/show-started.ts";
import { snapshotId } from "./snapshot-id.ts";

/** `cfy snapshots restore` */
export const restore = command({
  name: "restore",
  summary: "Bring the server back to the state of a snapshot",
  arguments: { snapshotId },
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
  },
  examples: [["cfy snapshots restore before_upgrade", "then: cfy snapshots status"]],
  async run(ctx, { snapshotId, ...args }) {
    ctx.notice(`Restoring snapshot ${snapshotId} …`);
    const execution = await ctx.client().snapshots.restore(snapshotId, {
      force: args.force,
      restore_certificates: args.restoreCertificates,
      no_reboot: args.noReboot,
      ignore_plugin_failure: args.ignorePluginFailure,
    });
    const code = await showStarted(ctx, execution);
    ctx.notice("  cfy snapshots status");
    if (args.restoreCertificates) {
      ctx.notice(
        args.noReboot ? "Restart the server afterwards: it has other certificates." : "The server restarts afterwards.",
      );
    }
    return code;
  },
});
