import type { Json } from "../../api/resources.ts";
import type { Repositories } from "../../storage/index.ts";
import type { ProgramContext } from "../../workflow/index.ts";

/** The server's settings of scope `workflow`; times are seconds. */
export async function workflowConfiguration(read: Repositories): Promise<ProgramContext["configuration"]> {
  const entries = await read.config.ofScope("workflow");
  const setting = (name: string, fallback: number): number =>
    numberOr(entries.find((entry) => entry.name === name)?.value, fallback);
  return {
    taskRetries: setting("task_retries", 60),
    taskRetryInterval: setting("task_retry_interval", 15),
    subgraphRetries: setting("subgraph_retries", 0),
  };
}

function numberOr(value: Json | undefined, fallback: number): number {
  const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : fallback;
}
