import type { Client } from "../../../../client/index.ts";

/** How many executions of a group are in which status. */
export async function executionsByStatus(client: Client, groupId: string): Promise<Record<string, number>> {
  const { items } = await client.summaries.page("executions", {
    _target_field: "status",
    execution_group_id: groupId,
  });
  return Object.fromEntries(items.map(({ status, executions }) => [String(status), Number(executions)]));
}
