import type { Execution } from "../../../api/resources.ts";
import type { ExecutionStatus } from "../../../api/statuses.ts";
import type { Client } from "../../../client/index.ts";
import { allOption } from "../../bulk/options.ts";
import { bulkColumns, type Named } from "../../bulk/run-bulk.ts";
import { isSelecting } from "../../bulk/targets.ts";
import { choice, text, type ValuesOf } from "../../command.ts";
import type { Context } from "../../context.ts";
import { selectedDeployments, selectionOptions, selectsDeployments } from "../deployments/selection.ts";

export const deploymentIdsOption = text({
  flags: ["-d", "--deployment-id"],
  metavar: "DEPLOYMENT_ID",
  multiple: true,
  help: "Those on this deployment; may be repeated",
  complete: "deployment",
});

/** Which executions something is done to, where they are not named: by themselves, or by their deployments. */
export const executionSelection = <const S extends ExecutionStatus>(statuses: readonly S[]) => ({
  deploymentIds: deploymentIdsOption,
  workflowId: text({ flags: ["--workflow-id"], metavar: "NAME", help: "Those of this workflow", complete: "workflow" }),
  statuses: choice({
    flags: ["--status"],
    choices: statuses,
    multiple: true,
    help: `Those in this status; by default ${statuses.join(", ")}`,
  }),
  ...selectionOptions,
  all: allOption("executions"),
});

type Selection = ValuesOf<ReturnType<typeof executionSelection<ExecutionStatus>>>;

export const selectsExecutions = ({ deploymentIds, workflowId, statuses, ...deployments }: Selection): boolean =>
  isSelecting({ deploymentIds, workflowId, statuses }) || selectsDeployments(deployments);

/** In characters: gateways take lines of 8 KiB. */
const LONGEST_QUERY = 4000;
const ID_OVERHEAD = "&deployment_id=".length;

/** The executions that the options choose. */
export async function selectedExecutions(
  ctx: Pick<Context, "signal">,
  client: Client,
  { deploymentIds, workflowId, statuses, ...deployments }: Selection,
  possible: readonly ExecutionStatus[],
): Promise<Execution[]> {
  const byDeployment = selectsDeployments({ ...deployments, all: false })
    ? (await selectedDeployments(ctx, client, deployments)).map(({ id }) => id)
    : undefined;
  const both = byDeployment?.filter((id) => deploymentIds.length === 0 || deploymentIds.includes(id)) ?? deploymentIds;
  if (byDeployment && both.length === 0) return [];
  const found: Execution[] = [];
  for (const deployment_id of chunks(both)) {
    const query = {
      deployment_id,
      workflow_id: workflowId,
      status: statuses.length > 0 ? statuses : [...possible],
      _include: ["id", "workflow_id", "deployment_id", "status"],
      _sort: "created_at",
    };
    for await (const execution of client.executions.list(query, { signal: ctx.signal })) found.push(execution);
  }
  return found;
}

/** As many ids as fit into the line of a request; without any id, one request about all. */
function chunks(ids: readonly string[]): string[][] {
  let part: string[] = [];
  const parts = [part];
  let length = 0;
  for (const id of ids) {
    length += id.length + ID_OVERHEAD;
    if (length > LONGEST_QUERY && part.length > 0) {
      part = [];
      parts.push(part);
      length = id.length + ID_OVERHEAD;
    }
    part.push(id);
  }
  return parts;
}

/** How executions are called and shown when something is done to many. */
export const EXECUTION_BULK = {
  noun: ["execution", "executions"],
  columns: bulkColumns<Execution>([
    { key: "workflow_id", whole: false, priority: 1 },
    { key: "deployment_id", priority: 1 },
  ]),
  detailOf: ({ workflow_id, deployment_id, status }: Named<Execution>) =>
    `${workflow_id} on ${deployment_id}, ${status}`,
} as const;
