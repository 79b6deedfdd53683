import type { Workflow } from "../../api/resources.ts";
import type { DeploymentRow, Repositories } from "../../storage/index.ts";
import { matchingDeployments } from "../deployments/list.ts";
import { workflowViews } from "../deployments/view.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { flag, type RawQuery } from "../queries/list-query.ts";
import type { Narrowing } from "../queries/list-resources.ts";
import { listNarrowing } from "../searches/narrowing.ts";

/**
 * The workflows of the deployments that match, each name once. With `_common_only`, those that all of them have.
 * Deployments of one blueprint have the same workflows, so one of each is looked at.
 */
export async function listWorkflows(read: Repositories, who: Identity, query: RawQuery, search?: Narrowing) {
  authorize(who, "deployment_list");
  const { _common_only, ...filters } = query;
  const narrowing = search ?? (await listNarrowing(read, who, "deployments", query));
  const deployments = onePerBlueprint(await matchingDeployments(read, who, filters, narrowing));
  const found: Workflow[][] = [];
  for (const deployment of deployments) found.push(await workflowViews(read, deployment));
  const items = merged(found, flag({ _common_only }, "_common_only"));
  return { metadata: { pagination: { total: items.length, size: items.length, offset: 0 } }, items };
}

function onePerBlueprint(deployments: readonly DeploymentRow[]): DeploymentRow[] {
  const byBlueprint = new Map<string, DeploymentRow>();
  for (const deployment of deployments) {
    const key = `${deployment.blueprint_tenant_name}/${deployment.blueprint_id}`;
    if (!byBlueprint.has(key)) byBlueprint.set(key, deployment);
  }
  return [...byBlueprint.values()];
}

function merged(lists: readonly Workflow[][], commonOnly: boolean): Workflow[] {
  const byName = new Map<string, Workflow>();
  for (const workflow of lists.flat()) if (!byName.has(workflow.name)) byName.set(workflow.name, workflow);
  const everywhere = ({ name }: Workflow) => lists.every((list) => list.some((workflow) => workflow.name === name));
  return [...byName.values()].filter((workflow) => !commonOnly || everywhere(workflow));
}
