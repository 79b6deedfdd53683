export { busPath, hostChanges, joinChanges, type SharedChanges } from "./bus.ts";
export { type Changes, LocalChanges, type Topic } from "./changes.ts";
export type { Change, NewRow, Row } from "./column.ts";
export { type Database, openDatabase, type UnitOfWork } from "./database.ts";
export type { FilterRule } from "./filter-rules.ts";
export { COPIED_TABLES, type CopiedTable, type FrozenTables, type StoredRow } from "./frozen-tables.ts";
export type { Listed, ListRequest, Scope, Sort } from "./list.ts";
export { SCHEMA_VERSION } from "./migrate.ts";
export { type ProcessLock, takeProcessLock } from "./process-lock.ts";
export type { ArchiveRow } from "./repositories/archives.ts";
export type { AuditQuery, AuditRow } from "./repositories/audit-log.ts";
export type { BlueprintRow } from "./repositories/blueprints.ts";
export type { ConfigRow } from "./repositories/config.ts";
export type {
  DeploymentModificationRow,
  DeploymentUpdateRow,
  InterDeploymentDependencyRow,
} from "./repositories/deployment-changes.ts";
export type { DeploymentGroupRow } from "./repositories/deployment-groups.ts";
export type { DeploymentRow } from "./repositories/deployments.ts";
export type { EventQuery, EventRow, NewEvent } from "./repositories/events.ts";
export type { ExecutionGroupRow, GroupMember } from "./repositories/execution-groups.ts";
export type { ExecutionScheduleRow } from "./repositories/execution-schedules.ts";
export type { ExecutionRow, NewExecution } from "./repositories/executions.ts";
export type { Claim } from "./repositories/leases.ts";
export type { NewNodeInstance, NodeInstanceRow } from "./repositories/node-instances.ts";
export type { NewNode, NodeRow } from "./repositories/nodes.ts";
export type { NewOperation, OperationRow } from "./repositories/operations.ts";
export type { PluginInstallationRow, PluginRow, PluginUpdateRow } from "./repositories/plugins.ts";
export type { NewTasksGraph, TasksGraphRow } from "./repositories/tasks-graphs.ts";
export type { FilterRow, SecretRow, SiteRow } from "./repositories/tenant-resources.ts";
export type { TenantRow } from "./repositories/tenants.ts";
export type { TokenRow } from "./repositories/tokens.ts";
export type { TenantRole, UserGroupRow, UserRow } from "./repositories/users.ts";
export type { Repositories } from "./repositories.ts";
export { tables } from "./schema.ts";
export { WrongType } from "./wrong-type.ts";
