import type { Json, JsonObject } from "../../api/resources.ts";
import type { DeploymentUpdateRow, UnitOfWork } from "../../storage/index.ts";
import type { DependencySummary } from "../inter-deployment-dependencies/summary.ts";

/** One difference between a deployment and the plan that it is brought to. */
export interface UpdateStep {
  id: string;
  action: "add" | "remove" | "modify";
  entity_type: string;
  /** `["nodes", "web", "properties", "size"]` */
  entity_id: string[];
  topology_order: number;
}

/** Which nodes come, go, or have other attributes. */
export interface NodeChanges {
  modify_attributes: Record<string, string[]>;
  add: string[];
  remove: string[];
  /** Plugins that nodes do not use any more, and those that the deployment itself does not. */
  host_plugins_to_uninstall?: Record<string, Json[]>;
  cda_plugins_to_uninstall?: Json[];
}

/** What an update has found out on its way, kept so that a resumed one goes on with it. */
export interface UpdateDetails {
  deployment_plan?: JsonObject;
  steps?: UpdateStep[];
  deployment_update_nodes?: NodeChanges;
  /** Sides of the change: `added_and_related`, `removed_and_related`, `extended_and_related`, `reduced_and_related`. */
  deployment_update_node_instances?: Record<string, JsonObject[]>;
  /** Who relies on the deployment, directly or through others. */
  recursive_dependencies?: DependencySummary[];
}

export const detailsOf = ({ details }: DeploymentUpdateRow): UpdateDetails => details as unknown as UpdateDetails;

export async function addDetails(tx: UnitOfWork, row: DeploymentUpdateRow, more: UpdateDetails): Promise<void> {
  await tx.deploymentUpdates.update(row.tenant_name, row.id, {
    details: { ...row.details, ...(more as unknown as JsonObject) },
  });
}
