import { sql } from "kysely";
import type { Row } from "../column.ts";
import { type Db, rowsOf } from "../rows.ts";
import { deploymentModifications, deploymentUpdates, interDeploymentDependencies } from "../tables/deployments.ts";
import { tenantRows } from "../tenant-rows.ts";

export type DeploymentModificationRow = Row<typeof deploymentModifications>;
export type DeploymentUpdateRow = Row<typeof deploymentUpdates>;
export type InterDeploymentDependencyRow = Row<typeof interDeploymentDependencies>;

export const deploymentModificationRepository = (db: Db) => {
  const shape = { order: "created_at" };
  const rows = rowsOf(db, deploymentModifications, shape);
  return {
    ...tenantRows(db, deploymentModifications, shape),
    /** The one that has begun and not ended: a deployment has at most one. */
    async started(tenant: string, deploymentId: string): Promise<DeploymentModificationRow | undefined> {
      const [row] = await rows.find(sql<boolean>`tenant_name = ${tenant} and deployment_id = ${deploymentId}
        and status = 'started'`);
      return row;
    },
  };
};

export const deploymentUpdateRepository = (db: Db) => {
  const shape = { order: "created_at" };
  const rows = rowsOf(db, deploymentUpdates, shape);
  return {
    ...tenantRows(db, deploymentUpdates, shape),
    async ofExecution(executionId: string): Promise<DeploymentUpdateRow | undefined> {
      const [row] = await rows.find(sql<boolean>`execution_id = ${executionId}`);
      return row;
    },
    ofDeployment: (tenant: string, deploymentId: string): Promise<DeploymentUpdateRow[]> =>
      rows.find(sql<boolean>`tenant_name = ${tenant} and deployment_id = ${deploymentId}`),
  };
};

/** Which deployment needs which: services, components, capabilities. */
export const interDeploymentDependencyRepository = (db: Db) => {
  const shape = { order: "created_at" };
  const rows = rowsOf(db, interDeploymentDependencies, shape);
  const between = (tenant: string, side: "source" | "target", deploymentIds: readonly string[]) =>
    sql<boolean>`tenant_name = ${tenant} and ${sql.ref(`${side}_deployment_id`)} in (${sql.join([...deploymentIds])})`;
  const of = async (tenant: string, side: "source" | "target", deploymentIds: readonly string[]) =>
    deploymentIds.length === 0
      ? []
      : rows.find(sql<boolean>`${between(tenant, side, deploymentIds)} order by storage_id`);
  return {
    ...tenantRows(db, interDeploymentDependencies, shape),
    /** What the deployments need, in the order in which it was stored. */
    ofSources: (tenant: string, deploymentIds: readonly string[]) => of(tenant, "source", deploymentIds),
    /** What needs the deployments, in the order in which it was stored. */
    ofTargets: (tenant: string, deploymentIds: readonly string[]) => of(tenant, "target", deploymentIds),
    /** Those that component nodes have stored for the deployments that they made. */
    ofComponents: (tenant: string) =>
      rows.find(sql<boolean>`tenant_name = ${tenant} and dependency_creator like 'component.%'`),
    removeOfSource: (tenant: string, deploymentId: string) => rows.remove(between(tenant, "source", [deploymentId])),
    /** They stay, but nobody knows any more on what. */
    forgetTarget: (tenant: string, deploymentId: string) =>
      rows.update(between(tenant, "target", [deploymentId]), { target_deployment_id: null }),
  };
};
