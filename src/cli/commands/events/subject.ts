import type { Execution } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import { usageError } from "../../errors.ts";
import type { ExecutionGroup } from "../../follow/index.ts";

/** Whose events: an execution's, or a group's. */
export type EventSubject =
  | { kind: "execution"; id: string; execution: Execution }
  | { kind: "group"; id: string; group: ExecutionGroup };

interface Named {
  executionId: string | undefined;
  executionIdOption: string | undefined;
  executionGroup: string | undefined;
}

/** What the command line names; it must name one, and it must exist. */
export async function eventSubject(client: Client, named: Named): Promise<EventSubject> {
  const ids = [named.executionId, named.executionIdOption, named.executionGroup].filter((id) => id !== undefined);
  if (ids.length === 0)
    throw usageError("Whose events? Give the id of an execution, or of a group with -g", {
      hint: "cfy executions list",
    });
  if (ids.length > 1) throw usageError("Give one execution, or one group");
  const [id = ""] = ids;
  if (named.executionGroup === undefined) return { kind: "execution", id, execution: await client.executions.get(id) };
  return {
    kind: "group",
    id,
    group: await client.rest.get<ExecutionGroup>(`execution-groups/${encodeURIComponent(id)}`),
  };
}
