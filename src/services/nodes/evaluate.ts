import type { JsonObject, Node } from "../../api/resources.ts";
import { DslError, evaluateNodeProperties, evaluateRuntimeProperties } from "../../dsl/index.ts";
import type { DeploymentRow, NodeInstanceRow, NodeRow, Repositories } from "../../storage/index.ts";
import { deploymentStorage, type StorageOptions } from "../functions/deployment-storage.ts";
import { found, Refusal } from "../refusal.ts";
import { nodeView } from "./view.ts";

/** Nodes whose properties have their functions evaluated; `instance` is whose attributes are meant where several have them. */
export async function evaluatedNodes(
  read: Repositories,
  rows: readonly NodeRow[],
  { instance, ...options }: StorageOptions & { instance?: string },
): Promise<Node[]> {
  const deployments = new Map<string, DeploymentRow>();
  const views: Node[] = [];
  for (const row of rows) {
    const key = `${row.tenant_name}/${row.deployment_id}`;
    const deployment = deployments.get(key) ?? (await deploymentOf(read, row));
    deployments.set(key, deployment);
    const storage = deploymentStorage(read, deployment, options);
    const properties = await evaluated(() =>
      evaluateNodeProperties(row, storage, instance === undefined ? {} : { instanceId: instance }),
    );
    views.push({ ...nodeView(row), properties });
  }
  return views;
}

export async function evaluatedInstance(
  read: Repositories,
  row: NodeInstanceRow,
  options: StorageOptions,
): Promise<NodeInstanceRow> {
  const storage = deploymentStorage(read, await deploymentOf(read, row), options);
  return { ...row, runtime_properties: await evaluated(() => evaluateRuntimeProperties(row, storage)) };
}

const deploymentOf = async (read: Repositories, { tenant_name, deployment_id }: NodeRow | NodeInstanceRow) =>
  found(await read.deployments.get(tenant_name, deployment_id), "Deployment", deployment_id);

async function evaluated(evaluate: () => Promise<Record<string, unknown>>): Promise<JsonObject> {
  try {
    return (await evaluate()) as JsonObject;
  } catch (error) {
    if (error instanceof DslError) throw new Refusal("functions_evaluation_error", error.message);
    throw error;
  }
}
