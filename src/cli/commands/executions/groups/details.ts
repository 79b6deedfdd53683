import type { ExecutionGroup } from "../../../../api/groups.ts";
import type { Event } from "../../../../api/resources.ts";
import type { Client } from "../../../../client/index.ts";
import { command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { kinds } from "../../../follow/index.ts";
import { tenantOption } from "../../../options/common.ts";
import type { Column } from "../../../output/column.ts";
import { executionsByStatus } from "./by-status.ts";
import { groupId } from "./group-id.ts";

/** So many of the latest events are shown. */
const LATEST = 10;

interface Detailed extends ExecutionGroup {
  executions_by_status: Record<string, number>;
  latest_events: Event[];
}

const COLUMNS: readonly Column<Detailed>[] = [
  { key: "id", extended: true },
  { key: "workflow_id" },
  { key: "deployment_group_id" },
  { key: "#executions", value: ({ execution_ids: ids = [] }) => ids.length },
  { key: "created_at" },
  { key: "status" },
  { key: "executions_by_status", extended: true },
  { key: "latest_events", extended: true },
];

/** `cfy executions groups details`: how far a group is, and what it said last. */
export const details = command({
  name: "details",
  summary: "Show how far an execution group is",
  arguments: { executionGroupId: groupId },
  options: { tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy executions groups details 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55", "how many of them have ended?"]],
  async run(ctx, { executionGroupId: id, tenant }) {
    const client = ctx.client({ tenant });
    const group = await client.executionGroups.get(id);
    const [events, byStatus] = await Promise.all([latestEvents(client, id), executionsByStatus(client, id)]);
    const detailed: Detailed = { ...group, executions_by_status: byStatus, latest_events: events };
    await ctx.output.record(detailed, {
      title: "Execution group:",
      columns: COLUMNS,
      sections: [
        { title: `Latest ${events.length} events:`, content: events.map(eventText) },
        { title: "Executions by status:", content: byStatus },
      ],
    });
    return ExitCode.Ok;
  },
});

/** Events are told from the first on: how many there are says where the last ones begin. */
async function latestEvents(client: Client, id: string): Promise<Event[]> {
  const which = { execution_group_id: id, type: kinds({ logs: true }) };
  const { total } = (await client.events.page({ ...which, _size: 1 })).metadata.pagination;
  const size = Math.min(LATEST, total);
  if (size === 0) return [];
  const { items } = await client.events.page({
    ...which,
    _offset: total - size,
    _size: size,
    _sort: "reported_timestamp",
  });
  return items;
}

const eventText = ({ reported_timestamp: time, message }: Event): string => `${time}  ${message}`;
