import { logBundleRepository, snapshotRepository } from "./repositories/archives.ts";
import { auditLogRepository } from "./repositories/audit-log.ts";
import { blueprintRepository } from "./repositories/blueprints.ts";
import { configRepository, providerContextRepository, settingRepository } from "./repositories/config.ts";
import { copyRepository } from "./repositories/copies.ts";
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

const makers = {
  auditLog: auditLogRepository,
  blueprints: blueprintRepository,
  blueprintFilters: (db: Db) => filterRepository(db, "blueprints"),
  blueprintLabels: (db: Db) => labelRepository(db, "blueprint_labels"),
  config: configRepository,
  copies: copyRepository,
  deployments: deploymentRepository,
  deploymentFilters: (db: Db) => filterRepository(db, "deployments"),
  deploymentGroupLabels: (db: Db) => labelRepository(db, "deployment_group_labels"),
  deploymentGroups: deploymentGroupRepository,
  deploymentLabels: (db: Db) => labelRepository(db, "deployment_labels"),
  deploymentModifications: deploymentModificationRepository,
  deploymentUpdates: deploymentUpdateRepository,
  events: eventRepository,
  executionGroups: executionGroupRepository,
  executions: executionRepository,
  executionSchedules: executionScheduleRepository,
  interDeploymentDependencies: interDeploymentDependencyRepository,
  leases: leaseRepository,
  logBundles: logBundleRepository,
  nodeInstances: nodeInstanceRepository,
  nodes: nodeRepository,
  operations: operationRepository,
  plugins: pluginRepository,
  pluginUpdates: pluginUpdateRepository,
  providerContext: providerContextRepository,
  secrets: secretRepository,
  settings: settingRepository,
  sites: siteRepository,
  snapshots: snapshotRepository,
  tasksGraphs: tasksGraphRepository,
  tenants: tenantRepository,
  tokens: tokenRepository,
  userGroups: userGroupRepository,
  users: userRepository,
};

/** Every question that can be asked of the database, by its subject. */
export type Repositories = { readonly [Name in keyof typeof makers]: ReturnType<(typeof makers)[Name]> };

/** Makes each repository when it is first asked for: a transaction needs few of them. */
const lazily = Object.fromEntries(
  Object.entries(makers).map(([name, make]) => [
    name,
    {
      get(this: { db: Db }) {
        const made = make(this.db);
        Object.defineProperty(this, name, { value: made });
        return made;
      },
    },
  ]),
);
const prototype: object = Object.create(null, lazily);

export const repositories = (db: Db): Repositories => Object.create(prototype, { db: { value: db } });
