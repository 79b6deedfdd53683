import type { Execution } from "../../../api/resources.ts";
import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { sentOnce } from "../../sent-once.ts";

interface Wanted {
  /** In the middle of a sentence: `creating snapshot s1`. */
  doing: string;
  workflow: string;
  /** By which parameter the execution is known. */
  parameter: string;
  value: string;
  send(): Promise<Execution>;
}

/** Starts a workflow of the whole server, or finds it when the answer was lost. */
export const startSystemExecution = (ctx: Context, client: Client, wanted: Wanted): Promise<Execution> =>
  sentOnce(ctx, {
    doing: wanted.doing,
    send: wanted.send,
    async find(since) {
      const { items } = await client.executions.page({
        workflow_id: wanted.workflow,
        _include_system_workflows: true,
        _sort: "-created_at",
        _size: 5,
      });
      return items.find(
        ({ created_at, parameters }) => created_at >= since && parameters?.[wanted.parameter] === wanted.value,
      );
    },
    look: "cfy executions list --include-system-workflows --descending",
  });
