import type { Broker } from "../../../api/manager.ts";
import { argument, command, group } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import type { Column } from "../../output/column.ts";
import { add, remove, update } from "./change-brokers.ts";
import { brokerNamed } from "./member.ts";
import { refreshedClient } from "./refresh.ts";

/** Never its user name and password, which come with it. */
const COLUMNS: readonly Column<Broker>[] = [
  { key: "name" },
  { key: "port", value: ({ port }) => port || 5671 },
  { key: "networks" },
  { key: "is_external" },
  { key: "host", whole: true },
];

/** `cfy cluster brokers list` */
const list = command({
  name: "list",
  summary: "List the message brokers of the cluster",
  columns: COLUMNS,
  examples: [["cfy cluster brokers list", "which are there, and where?"]],
  async run(ctx) {
    const client = await refreshedClient(ctx);
    const { items } = await client.manager.brokers({ signal: ctx.signal });
    await ctx.output.rows(items, { title: "HA Cluster brokers", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

/** `cfy cluster brokers get` */
const get = command({
  name: "get",
  summary: "Show a message broker of the cluster",
  arguments: { name: argument({ help: "Its name", complete: "broker" }) },
  columns: COLUMNS,
  examples: [["cfy cluster brokers get broker1", "one of them, with its networks"]],
  async run(ctx, { name }) {
    const client = await refreshedClient(ctx);
    const broker = await brokerNamed(client, name, ctx.signal);
    await ctx.output.record(broker, { title: "HA Cluster broker", columns: COLUMNS });
    return ExitCode.Ok;
  },
});

export const brokers = group({
  name: "brokers",
  summary: "Look after the message brokers of a cluster",
  commands: [list, get, add, update, remove],
});
