import type { JsonObject } from "../../api/resources.ts";
import type { DeploymentPlan } from "../../dsl/index.ts";
import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { insertDependencies, type NewDependency, targetsOf } from "./change.ts";
import { refreshConsumers } from "./consumers.ts";

/** What a prepared plan says of other deployments: every capability it takes from one. */
export const dependenciesOf = ({ inter_deployment_functions }: DeploymentPlan): NewDependency[] =>
  inter_deployment_functions.map(({ function_identifier: creator, target_deployment: [target, call], context }) => ({
    creator,
    ...(target === null ? { targetFunction: { function: call, context } as JsonObject } : { target }),
  }));

/** Functions of a blueprint that make a deployment depend on another. */
const FUNCTIONS = ["get_capability"];

/**
 * Puts what the new plan says in the place of what an old one said. What nodes and users have stored themselves is
 * kept: a node takes its own away when it is uninstalled.
 */
export async function updateDependencies(
  tx: UnitOfWork,
  deployment: DeploymentRow,
  plan: DeploymentPlan,
): Promise<void> {
  const { tenant_name: tenant, id, created_by: username } = deployment;
  const stored = await tx.interDeploymentDependencies.ofSources(tenant, [id]);
  const outdated = stored.filter(({ dependency_creator }) => FUNCTIONS.includes(lastSegment(dependency_creator)));
  for (const row of outdated) await tx.interDeploymentDependencies.remove(tenant, row.id);
  await insertDependencies(tx, { tenant, username }, deployment, dependenciesOf(plan));
  await refreshConsumers(tx, tenant, targetsOf(outdated));
}

const lastSegment = (creator: string): string => creator.slice(creator.lastIndexOf(".") + 1);
