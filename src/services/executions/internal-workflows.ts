/** Workflows of the manager itself: no blueprint declares them, and any parameter may be given to them. */
const INTERNAL_WORKFLOWS = [
  "create_deployment_environment",
  "delete_deployment_environment",
  "update",
  "csys_update_deployment",
  "csys_new_deployment_update",
  "upload_blueprint",
  "create_snapshot",
  "restore_snapshot",
  "create_log_bundle",
  "update_plugin",
  "uninstall_plugin",
] as const;
export type InternalWorkflow = (typeof INTERNAL_WORKFLOWS)[number];

export const isInternal = (workflowId: string): workflowId is InternalWorkflow =>
  (INTERNAL_WORKFLOWS as readonly string[]).includes(workflowId);

/** These concern the whole manager; lists leave them out. */
const SYSTEM_WIDE: readonly string[] = [
  "create_snapshot",
  "restore_snapshot",
  "create_log_bundle",
  "update_plugin",
  "uninstall_plugin",
];

/** These concern the whole manager, and nothing else runs beside them. */
export const isBlocking = (workflowId: string): boolean => isSystemWide(workflowId) && workflowId !== "create_snapshot";

export const isSystemWide = (workflowId: string): boolean => SYSTEM_WIDE.includes(workflowId);
