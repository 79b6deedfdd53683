import type { Client } from "../../../client/index.ts";
import type { Context } from "../../context.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import type { AgentsWanted } from "./options.ts";

/** A deployment to run a workflow on, and the part of it that is meant. */
export interface Target {
  tenant: string;
  deployment: string;
  parameters: { node_ids?: string[]; node_instance_ids?: string[] };
}

interface Owned {
  id: string;
  tenant_name: string;
}

/**
 * The deployments that have the wanted agents. Without ids of deployments or node instances, only those all of whose
 * hosts are started.
 * @throws CfyError something that was named does not exist, or nothing is left
 */
export async function targetsOf(ctx: Context, wanted: AgentsWanted): Promise<Target[]> {
  const { nodeInstanceIds, deploymentIds, nodeIds } = wanted;
  if (nodeInstanceIds.length > 0 && deploymentIds.length + nodeIds.length > 0) {
    throw usageError("--node-instance-id says it all: --deployment-id and --node-id do not go with it");
  }
  const client = ctx.client({ tenant: wanted.tenant });
  const targets =
    nodeInstanceIds.length > 0 ? await ofNodeInstances(client, nodeInstanceIds) : await ofDeployments(client, wanted);
  const named = nodeInstanceIds.length + deploymentIds.length > 0;
  const ready = named ? targets : await startedOnly(ctx, targets);
  if (ready.length > 0) return ready;
  throw new CfyError("no_agents", "There is no deployment with such agents", {
    exit: ExitCode.NotFound,
    hint: "cfy agents list --all-states",
  });
}

async function ofNodeInstances(client: Client, ids: readonly string[]): Promise<Target[]> {
  const { items } = await client.nodeInstances.page({
    id: ids,
    _include: ["id", "tenant_name", "deployment_id"],
    _get_all_results: true,
    _all_tenants: true,
  });
  refuseMissing("node instance", ids, items);
  const targets = new Map<string, Target & { parameters: { node_instance_ids: string[] } }>();
  for (const { id, tenant_name: tenant, deployment_id: deployment } of items) {
    const key = `${tenant}/${deployment}`;
    const target = targets.get(key) ?? { tenant, deployment, parameters: { node_instance_ids: [] } };
    target.parameters.node_instance_ids.push(id);
    targets.set(key, target);
  }
  return [...targets.values()];
}

async function ofDeployments(client: Client, wanted: AgentsWanted): Promise<Target[]> {
  const { deploymentIds, nodeIds, allTenants } = wanted;
  const { items } = await client.deployments.page({
    id: deploymentIds.length > 0 ? deploymentIds : undefined,
    _include: ["id", "tenant_name"],
    _get_all_results: true,
    _all_tenants: allTenants,
  });
  refuseMissing("deployment", deploymentIds, items);
  const targets = items.map(({ id, tenant_name }) => ({ tenant: tenant_name, deployment: id, parameters: {} }));
  if (nodeIds.length === 0) return targets;

  const nodes = await client.nodes.page({
    id: nodeIds,
    _include: ["id", "deployment_id", "tenant_name"],
    _get_all_results: true,
    _evaluate_functions: false,
    _all_tenants: allTenants,
  });
  const having = new Set(nodes.items.map(({ tenant_name, deployment_id }) => `${tenant_name}/${deployment_id}`));
  return targets
    .filter(({ tenant, deployment }) => having.has(`${tenant}/${deployment}`))
    .map((target) => ({ ...target, parameters: { node_ids: nodeIds } }));
}

function refuseMissing(what: string, ids: readonly string[], found: readonly Pick<Owned, "id">[]): void {
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return;
  throw new CfyError("not_found_error", `There is no ${what} ${missing.join(", ")}`, { exit: ExitCode.NotFound });
}

/** Without deployments one of whose hosts is not started: its agent would not answer. */
async function startedOnly(ctx: Context, targets: readonly Target[]): Promise<Target[]> {
  const idle = new Set<string>();
  for (const tenant of new Set(targets.map((target) => target.tenant))) {
    for await (const { id, deployment_id, state } of hostsOf(ctx.client({ tenant }))) {
      if (state === "started") continue;
      ctx.notice(`Leaving out ${deployment_id}: its host ${id} is ${state}`);
      idle.add(`${tenant}/${deployment_id}`);
    }
  }
  return targets.filter(({ tenant, deployment }) => !idle.has(`${tenant}/${deployment}`));
}

async function* hostsOf(client: Client) {
  for (let offset = 0; ; ) {
    const query = { _include: ["id", "host_id", "deployment_id", "state"], _offset: offset };
    const { items, metadata } = await client.nodeInstances.page(query);
    yield* items.filter(({ id, host_id }) => id === host_id);
    const { size } = metadata.pagination;
    if (size === 0 || items.length < size) return;
    offset += size;
  }
}
