import type { JsonObject } from "../../api/resources.ts";
import { DslError, type EntityModification, type Modification, modifyDeployment } from "../../dsl/index.ts";
import type { DeploymentRow, NodeInstanceRow, NodeRow, Repositories } from "../../storage/index.ts";
import { planInstanceOf, planNodeOf, scalingGroupsOf } from "../deployments/stored-plan.ts";
import { badParameters } from "../refusal.ts";

export interface PlannedModification {
  /** What comes and what goes, with what is related to it. */
  changes: Modification;
  /** The deployment as it is. */
  nodes: NodeRow[];
  instances: NodeInstanceRow[];
}

/** What a modification would change; nothing is stored. @throws bad_parameters_error for an unknown node or a wrong number */
export async function planModification(
  read: Repositories,
  deployment: DeploymentRow,
  modified: JsonObject,
): Promise<PlannedModification> {
  const { tenant_name, id } = deployment;
  const nodes = await read.nodes.ofDeployment(tenant_name, id);
  const instances = await read.nodeInstances.ofDeployment(tenant_name, id);
  try {
    const changes = modifyDeployment({
      nodes: nodes.map(planNodeOf),
      scalingGroups: scalingGroupsOf(deployment),
      nodeInstances: instances.map(planInstanceOf),
      modified: modifiedEntities(modified),
    });
    return { changes, nodes, instances };
  } catch (error) {
    if (error instanceof DslError) throw badParameters(error.message);
    throw error;
  }
}

function modifiedEntities(modified: JsonObject): Record<string, EntityModification> {
  return Object.fromEntries(
    Object.entries(modified).map(([name, change]) => {
      const { instances, ...hints } = (change ?? {}) as JsonObject;
      if (!Number.isInteger(instances) || Number(instances) < 0) {
        throw badParameters(
          `The number of instances of ${name} must be 0 or more, got ${JSON.stringify(instances ?? null)}`,
        );
      }
      return [
        name,
        {
          instances: Number(instances),
          removed_ids_include_hint: ids(hints["removed_ids_include_hint"]),
          removed_ids_exclude_hint: ids(hints["removed_ids_exclude_hint"]),
        },
      ];
    }),
  );
}

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
