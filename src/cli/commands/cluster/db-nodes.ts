import type { DatabaseNode } from "../../../api/manager.ts";
import { command, group } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { refreshedClient } from "./refresh.ts";

const COLUMNS: readonly Column<DatabaseNode>[] = [
  { key: "name" },
  { key: "host", whole: true },
  { key: "is_external" },
];

/** `cfy cluster db-nodes list` */
const list = command({
  name: "list",
  summary: "List the database hosts of the cluster",
  columns: COLUMNS,
  examples: [["cfy cluster db-nodes list", "which are there, and where?"]],
  async run(ctx) {
    const client = await refreshedClient(ctx);
    const { items } = await client.manager.dbNodes({ signal: ctx.signal });
    await ctx.output.rows(items, { title: "HA Cluster db nodes", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

/** `cfy cluster db-nodes update` */
const update = command({
  name: "update",
  summary: "Let the managers read anew which database hosts there are",
  columns: COLUMNS,
  examples: [["cfy cluster db-nodes update", "after a host was added to the database cluster, or removed from it"]],
  async run(ctx) {
    const client = await refreshedClient(ctx);
    const { items } = await client.manager.updateDbNodes({ signal: ctx.signal });
    await ctx.output.rows(items, { title: "HA Cluster db nodes", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

export const dbNodes = group({
  name: "db-nodes",
  summary: "Look at the database hosts of a cluster",
  commands: [list, update],
});
