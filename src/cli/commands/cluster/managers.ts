import type { ManagerNode } from "../../../api/manager.ts";
import { argument, command, group } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { managerNamed } from "./member.ts";
import { refreshedClient } from "./refresh.ts";

const COLUMNS: readonly Column<ManagerNode>[] = [
  { key: "hostname", whole: true },
  { key: "private_ip", whole: true },
  { key: "public_ip", whole: true },
  { key: "version" },
  { key: "edition" },
  { key: "distribution", priority: -1 },
  { key: "distro_release", priority: -1 },
  { key: "last_seen" },
  { key: "networks", priority: -1 },
];

/** `cfy cluster managers list` */
const list = command({
  name: "list",
  summary: "List the managers of the cluster",
  columns: COLUMNS,
  examples: [["cfy cluster managers list --columns hostname,last_seen", "which are there, and since when silent?"]],
  async run(ctx) {
    const client = await refreshedClient(ctx);
    const { items } = await client.manager.managers({}, { signal: ctx.signal });
    await ctx.output.rows(items, { title: "HA Cluster manager nodes", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

export const managers = group({ name: "managers", summary: "Look at the managers of a cluster", commands: [list] });

/** `cfy cluster remove` */
export const remove = command({
  name: "remove",
  summary: "Take a manager out of the cluster",
  arguments: {
    hostname: argument({ help: "Its host name, as `cfy cluster managers list` shows it", complete: "manager" }),
  },
  examples: [["cfy cluster remove manager2", "once that host is gone for good"]],
  async run(ctx, { hostname }) {
    const client = await refreshedClient(ctx);
    await managerNamed(client, hostname, ctx.signal);
    await client.manager.removeManager(hostname, { signal: ctx.signal });
    ctx.notice(`${hostname} is no longer part of the cluster`);
    await refreshedClient(ctx);
    return ExitCode.Ok;
  },
});
