import type { Execution } from "../../../api/resources.ts";
import { type ExecutionAction, isFinal } from "../../../api/statuses.ts";
import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { sentOnce } from "../../sent-once.ts";

/** Cancels or resumes an execution; when the answer was lost, its status tells whether it was done. */
export const actOn = (ctx: Context, client: Client, id: string, action: ExecutionAction): Promise<Execution> =>
  sentOnce(ctx, {
    doing: `asking execution ${id} to ${action}`,
    send: () => client.executions.act(id, action),
    async find() {
      const execution = await client.executions.get(id);
      return obeys(execution, action) ? execution : undefined;
    },
    look: `cfy executions get ${id}`,
  });

const STRICTNESS = ["cancelling", "force_cancelling", "kill_cancelling", "cancelled"];

function obeys({ status }: Execution, action: ExecutionAction): boolean {
  switch (action) {
    case "resume":
    case "force-resume":
      return !isFinal(status) || status === "terminated";
    case "force-cancel":
      return STRICTNESS.indexOf(status) >= 1;
    case "kill":
      return STRICTNESS.indexOf(status) >= 2;
    default:
      return STRICTNESS.includes(status);
  }
}
