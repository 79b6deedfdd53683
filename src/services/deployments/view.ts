import type { Deployment, Label, Workflow } from "../../api/resources.ts";
import type { DeploymentRow, Repositories } from "../../storage/index.ts";
import { isAvailable } from "../executions/availability.ts";
import { workflowsOf } from "../executions/workflow-of.ts";
import { visibilityForms } from "../views.ts";
import { deploymentShape } from "./shape.ts";
import { latestExecutionStatus } from "./statuses.ts";

/** In the order of the wire. */
export const DEPLOYMENT_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "description",
  "inputs",
  "groups",
  "permalink",
  "policy_triggers",
  "policy_types",
  "outputs",
  "capabilities",
  "scaling_groups",
  "updated_at",
  "workflows",
  "runtime_only_evaluation",
  "installation_status",
  "deployment_status",
  "sub_services_status",
  "sub_environments_status",
  "sub_services_count",
  "sub_environments_count",
  "display_name",
  "resource_tags",
  "drifted_instances",
  "unavailable_instances",
  "latest_execution",
  "latest_execution_finished_operations",
  "latest_execution_total_operations",
  "latest_execution_workflow_id",
  "create_execution",
  "blueprint_id",
  "site_name",
  "latest_execution_status",
  "environment_type",
  "has_sub_deployments",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "workdir_zip",
  "labels",
  "deployment_groups",
] as const satisfies (keyof Deployment)[];

/** Fields that no column holds. */
export const COMPUTED_DEPLOYMENT_FIELDS = [
  "environment_type",
  "has_sub_deployments",
  "private_resource",
  "workdir_zip",
  "labels",
  "deployment_groups",
] as const satisfies (keyof Deployment)[];

/** Workflows with whether they are available are worked out for one deployment; a list leaves them out. */
export async function deploymentViews(
  read: Repositories,
  rows: readonly DeploymentRow[],
  { workflows = false } = {},
): Promise<Deployment[]> {
  const belongings = new Map<DeploymentRow, Belongings>();
  for (const tenant of new Set(rows.map(({ tenant_name }) => tenant_name))) {
    const own = rows.filter(({ tenant_name }) => tenant_name === tenant);
    const ids = own.map(({ id }) => id);
    const [labels, groups] = [await read.deploymentLabels.of(tenant, ids), await read.deploymentGroups.of(tenant, ids)];
    for (const row of own) {
      belongings.set(row, {
        labels: labels.get(row.id) ?? [],
        groups: groups.get(row.id) ?? [],
        workflows: workflows ? await workflowViews(read, row) : [],
      });
    }
  }
  return rows.flatMap((row) => {
    const own = belongings.get(row);
    return own ? [deploymentView(row, own)] : [];
  });
}

export async function viewOfDeployment(read: Repositories, row: DeploymentRow): Promise<Deployment> {
  const [view] = await deploymentViews(read, [row], { workflows: true });
  return view as Deployment;
}

export async function workflowViews(read: Repositories, deployment: DeploymentRow): Promise<Workflow[]> {
  const shape = await deploymentShape(read, deployment);
  return workflowsOf(deployment).map(({ name, plugin, operation, parameters, is_cascading, availability_rules }) => ({
    name,
    plugin,
    operation,
    parameters: parameters as unknown as Workflow["parameters"],
    is_cascading: is_cascading ?? false,
    is_available: isAvailable(availability_rules, shape),
    availability_rules: availability_rules ?? null,
  }));
}

interface Belongings {
  labels: Label[];
  groups: string[];
  workflows: Workflow[];
}

const deploymentView = (row: DeploymentRow, { labels, groups, workflows }: Belongings): Deployment => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  description: row.description,
  inputs: row.inputs,
  groups: row.groups,
  permalink: row.permalink,
  policy_triggers: row.policy_triggers,
  policy_types: row.policy_types,
  outputs: row.outputs,
  capabilities: row.capabilities,
  scaling_groups: row.scaling_groups,
  updated_at: row.updated_at,
  workflows,
  runtime_only_evaluation: row.runtime_only_evaluation,
  installation_status: row.installation_status,
  deployment_status: row.deployment_status,
  sub_services_status: row.sub_services_status,
  sub_environments_status: row.sub_environments_status,
  sub_services_count: row.sub_services_count,
  sub_environments_count: row.sub_environments_count,
  display_name: row.display_name,
  resource_tags: row.resource_tags,
  drifted_instances: row.drifted_instances,
  unavailable_instances: row.unavailable_instances,
  latest_execution: row.latest_execution,
  latest_execution_finished_operations: row.latest_execution_finished_operations ?? 0,
  latest_execution_total_operations: row.latest_execution_total_operations ?? 0,
  latest_execution_workflow_id: row.latest_execution_workflow_id,
  create_execution: row.create_execution,
  blueprint_id: row.blueprint_id,
  site_name: row.site_name,
  latest_execution_status: latestExecutionStatus(row.latest_execution_status),
  environment_type: labels.find(({ key }) => key === "csys-env-type")?.value ?? "",
  has_sub_deployments: row.sub_services_count + row.sub_environments_count > 0,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
  workdir_zip: null,
  labels,
  deployment_groups: groups,
});
