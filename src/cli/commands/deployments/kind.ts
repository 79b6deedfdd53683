import type { Deployment } from "../../../api/resources.ts";
import type { ResourceKind } from "../shapes/resource-kind.ts";
import { DEPLOYMENT_COLUMNS } from "./columns.ts";
import { deploymentId } from "./deployment-id.ts";

export const DEPLOYMENT: ResourceKind<Deployment> = {
  noun: "deployment",
  group: "deployments",
  id: { ...deploymentId, metavar: "DEPLOYMENT_ID" },
  example: "my_deployment",
  title: "Deployment:",
  columns: DEPLOYMENT_COLUMNS,
};
