import type { Program, ProgramContext } from "../program.ts";
import { agents } from "./agents.ts";
import { checkDrift, checkStatus } from "./check.ts";
import { executeOperation, pull, restart, start, stop } from "./execute-operation.ts";
import { heal } from "./heal.ts";
import { install } from "./install.ts";
import { reinstall } from "./reinstall.ts";
import { rollback } from "./rollback.ts";
import { scale } from "./scale.ts";
import { uninstall } from "./uninstall.ts";
import { update } from "./update.ts";

/** The built-in workflows by the plugin function that a plan maps them to. */
export const BUILT_IN_WORKFLOWS: Readonly<Record<string, (context: ProgramContext) => Program>> = {
  "cloudify.plugins.workflows.install": install,
  "cloudify.plugins.workflows.uninstall": uninstall,
  "cloudify.plugins.workflows.reinstall": reinstall,
  "cloudify.plugins.workflows.rollback": rollback,
  "cloudify.plugins.workflows.execute_operation": executeOperation,
  "cloudify.plugins.workflows.start": start,
  "cloudify.plugins.workflows.stop": stop,
  "cloudify.plugins.workflows.restart": restart,
  "cloudify.plugins.workflows.pull": pull,
  "cloudify.plugins.workflows.check_status": checkStatus,
  "cloudify.plugins.workflows.check_drift": checkDrift,
  "cloudify.plugins.workflows.auto_heal_reinstall_node_subgraph": heal,
  "cloudify.plugins.workflows.scale_entity": scale,
  "cloudify.plugins.workflows.install_new_agents": agents,
  "cloudify.plugins.workflows.validate_agents": agents,
  "cloudify_system_workflows.deployment_update.workflow.update_deployment": update,
};
