import type { JsonObject, NodeInstance } from "../../api/resources.ts";
import { NODE_INSTANCE_STATES, type NodeInstanceState } from "../../api/statuses.ts";
import type { NodeInstanceRow, UnitOfWork } from "../../storage/index.ts";
import { badParameters, found, Refusal } from "../refusal.ts";
import { health } from "./health.ts";
import { nodeInstanceView } from "./view.ts";

export interface NodeInstanceChange {
  state?: string;
  runtime_properties?: JsonObject;
  system_properties?: JsonObject;
  relationships?: JsonObject[];
}

/**
 * Changes a node instance, unless somebody changed it after the caller had read it.
 * @param version the version that the caller saw; `any` overwrites whatever there is
 * @throws conflict_error when the stored version is newer
 */
export async function updateNodeInstance(
  tx: UnitOfWork,
  tenant: string,
  id: string,
  version: number | "any",
  change: NodeInstanceChange,
): Promise<NodeInstance> {
  const stored = found(await tx.nodeInstances.get(tenant, id), "NodeInstance", id);
  if (version !== "any" && stored.version > version) {
    throw new Refusal(
      "conflict_error",
      `Node instance update conflict [current version=${stored.version}, update version=${version}]`,
    );
  }
  const merged: NodeInstanceRow = { ...stored, ...change, state: nextState(stored.state, change.state) };
  const changed = { ...change, state: merged.state, ...health(merged.state, merged.system_properties) };
  await tx.nodeInstances.update(stored.tenant_name, id, "any", changed);
  return nodeInstanceView({ ...stored, ...changed, version: stored.version + 1 });
}

/** Sets the state of several instances, as workflows do at each step. */
export async function setNodeInstanceState(
  tx: UnitOfWork,
  tenant: string,
  ids: readonly string[],
  state: NodeInstanceState,
): Promise<void> {
  for (const id of ids) await updateNodeInstance(tx, tenant, id, "any", { state });
}

function nextState(current: NodeInstanceState, asked: string | undefined): NodeInstanceState {
  if (asked === undefined || asked === null) return current;
  const state = NODE_INSTANCE_STATES.find((known) => known === asked);
  if (state) return state;
  throw badParameters(`Invalid node instance state: ${asked}. Known are: ${NODE_INSTANCE_STATES.join(", ")}`);
}
