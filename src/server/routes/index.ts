import type { Routes } from "../context.ts";
import { addIdentity } from "../identity/add-identity.ts";
import { addMaintenanceGate } from "../maintenance-gate.ts";
import { accessRoutes } from "./access.ts";
import { archiveRoutes } from "./archives.ts";
import { auditRoutes } from "./audit.ts";
import { blueprintRoutes } from "./blueprints.ts";
import { deploymentGroupRoutes } from "./deployment-groups.ts";
import { deploymentModificationRoutes } from "./deployment-modifications.ts";
import { deploymentUpdateRoutes } from "./deployment-updates.ts";
import { deploymentRoutes } from "./deployments.ts";
import { eventRoutes } from "./events.ts";
import { executionGroupRoutes } from "./execution-groups.ts";
import { executionScheduleRoutes } from "./execution-schedules.ts";
import { executionRoutes } from "./executions.ts";
import { fileRoutes } from "./files.ts";
import { interDeploymentDependencyRoutes } from "./inter-deployment-dependencies.ts";
import { loopbackRoutes } from "./loopback.ts";
import { managerRoutes } from "./manager.ts";
import { nodeRoutes } from "./nodes.ts";
import { operationRoutes } from "./operations.ts";
import { pluginRoutes } from "./plugins.ts";
import { pluginsUpdateRoutes } from "./plugins-updates.ts";
import { searchRoutes } from "./searches.ts";
import { secretRoutes } from "./secrets.ts";
import { selectionRoutes } from "./selection.ts";
import { summaryRoutes } from "./summary.ts";
import { tenantRoutes } from "./tenants.ts";
import { unavailableRoutes } from "./unavailable.ts";
import { userRoutes } from "./users.ts";

/** One entry for each resource of the API; before them, who asks is found out. */
export const apiRoutes: readonly Routes[] = [
  addIdentity,
  addMaintenanceGate,
  accessRoutes,
  archiveRoutes,
  auditRoutes,
  blueprintRoutes,
  deploymentGroupRoutes,
  deploymentModificationRoutes,
  deploymentRoutes,
  deploymentUpdateRoutes,
  eventRoutes,
  executionGroupRoutes,
  executionRoutes,
  executionScheduleRoutes,
  interDeploymentDependencyRoutes,
  managerRoutes,
  nodeRoutes,
  operationRoutes,
  pluginRoutes,
  pluginsUpdateRoutes,
  searchRoutes,
  secretRoutes,
  selectionRoutes,
  summaryRoutes,
  tenantRoutes,
  unavailableRoutes,
  userRoutes,
];

/** What is served outside of the API. */
export const rootRoutes: readonly Routes[] = [loopbackRoutes, fileRoutes];
