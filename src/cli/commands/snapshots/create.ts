import { argument, command, decimal, flag, text } from "../../command.ts";
import { madeUpName } from "../../inputs/made-up-name.ts";
import { validName } from "../../inputs/names.ts";
import { endlessTimeout } from "../../options/wait.ts";
import { followOrShow } from "../executions/show-started.ts";
import { startSystemExecution } from "../executions/system-execution.ts";

/** `cfy snapshots create` */
export const create = command({
  name: "create",
  summary: "Save the state of the server as a snapshot",
  arguments: { snapshotId: argument({ help: "Id of the new snapshot; made up by default", required: false }) },
  options: {
    excludeCredentials: flag({ flags: ["--exclude-credentials"], help: "Without the keys of hosts" }),
    excludeLogs: flag({ flags: ["--exclude-logs"], help: "Without logs" }),
    excludeEvents: flag({ flags: ["--exclude-events"], help: "Without events" }),
    queue: flag({ flags: ["--queue"], help: "When executions run, start after them" }),
    tempdirPath: text({
      flags: ["--tempdir-path"],
      metavar: "PATH",
      help: "Where the server puts it together; its disk must have room for it",
    }),
    legacy: flag({ flags: ["--legacy"], off: ["--no-legacy"], help: "In the format of servers before 7.1" }),
    listenerTimeout: decimal({
      flags: ["--listener-timeout"],
      metavar: "SECONDS",
      help: "How long to wait for changes that are made meanwhile",
    }),
    wait: flag({
      flags: ["-w", "--wait-for-status", "--wait"],
      off: ["--detach", "--no-wait"],
      help: "Wait until it is made, and exit as it comes out",
    }),
    timeout: endlessTimeout,
  },
  examples: [
    ["cfy snapshots create before_upgrade -w", "and wait for it"],
    ["cfy snapshots download before_upgrade -o backup.zip", "once it is there"],
  ],
  async run(ctx, { snapshotId = madeUpName("snapshot"), wait, timeout, ...args }) {
    const client = ctx.client();
    ctx.notice(`Creating snapshot ${snapshotId} …`);
    const id = validName(snapshotId, "snapshot id");
    const request = {
      include_credentials: !args.excludeCredentials,
      include_logs: !args.excludeLogs,
      include_events: !args.excludeEvents,
      queue: args.queue,
      tempdir_path: args.tempdirPath ?? null,
      legacy: args.legacy,
      listener_timeout: args.listenerTimeout ?? null,
    };
    const execution = await startSystemExecution(ctx, client, {
      doing: `creating snapshot ${id}`,
      workflow: "create_snapshot",
      parameter: "snapshot_id",
      value: id,
      send: () => client.snapshots.create(id, request),
    });
    return await followOrShow(ctx, client, execution, { wait, timeout });
  },
});
