import { auditLogRepository } from "./repositories/audit-log.ts";
import { blueprintRepository } from "./repositories/blueprints.ts";
import { configRepository, providerContextRepository, settingRepository } from "./repositories/config.ts";
import {
  deploymentModificationRepository,
  deploymentUpdateRepository,
  interDeploymentDependencyRepository,
} from "./repositories/deployment-changes.ts";
import { deploymentGroupRepository } from "./repositories/deployment-groups.ts";
import { deploymentRepository } from "./repositories/deployments.ts";
import { eventRepository } from "./repositories/events.ts";
import { executionGroupRepository } from "./repositories/execution-groups.ts";
import { executionScheduleRepository } from "./repositories/execution-schedules.ts";
import { executionRepository } from "./repositories/executions.ts";
import { labelRepository } from "./repositories/labels.ts";
import { leaseRepository } from "./repositories/leases.ts";
import { nodeInstanceRepository } from "./repositories/node-instances.ts";
import { nodeRepository } from "./repositories/nodes.ts";
import { operationRepository } from "./repositories/operations.ts";
import { pluginRepository, pluginUpdateRepository } from "./repositories/plugins.ts";
import { tasksGraphRepository } from "./repositories/tasks-graphs.ts";
import { filterRepository, secretRepository, siteRepository } from "./repositories/tenant-resources.ts";
import { tenantRepository } from "./repositories/tenants.ts";
import { tokenRepository } from "./repositories/tokens.ts";
import { userGroupRepository, userRepository } from "./repositories/users.ts";
import type { Db } from "./rows.ts";

/** Every question that can be asked of the database, by its subject. */
export const repositories = (db: Db) => ({
  auditLog: auditLogRepository(db),
  blueprints: blueprintRepository(db),
  blueprintFilters: filterRepository(db, "blueprints"),
  blueprintLabels: labelRepository(db, "blueprint_labels"),
  config: configRepository(db),
  deployments: deploymentRepository(db),
  deploymentFilters: filterRepository(db, "deployments"),
  deploymentGroupLabels: labelRepository(db, "deployment_group_labels"),
  deploymentGroups: deploymentGroupRepository(db),
  deploymentLabels: labelRepository(db, "deployment_labels"),
  deploymentModifications: deploymentModificationRepository(db),
  deploymentUpdates: deploymentUpdateRepository(db),
  events: eventRepository(db),
  executionGroups: executionGroupRepository(db),
  executions: executionRepository(db),
  executionSchedules: executionScheduleRepository(db),
  interDeploymentDependencies: interDeploymentDependencyRepository(db),
  leases: leaseRepository(db),
  nodeInstances: nodeInstanceRepository(db),
  nodes: nodeRepository(db),
  operations: operationRepository(db),
  plugins: pluginRepository(db),
  pluginUpdates: pluginUpdateRepository(db),
  providerContext: providerContextRepository(db),
  secrets: secretRepository(db),
  settings: settingRepository(db),
  sites: siteRepository(db),
  tasksGraphs: tasksGraphRepository(db),
  tenants: tenantRepository(db),
  tokens: tokenRepository(db),
  userGroups: userGroupRepository(db),
  users: userRepository(db),
});

export type Repositories = ReturnType<typeof repositories>;
