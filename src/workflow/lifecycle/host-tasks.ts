import type { NodeView } from "../deployment-view.ts";
import type { InstanceSteps } from "./instance-steps.ts";
import { cloudifyAgent, host, monitoringAgent } from "./operation-names.ts";

export const COMPUTE = "cloudify.nodes.Compute";

/** Methods in which somebody else starts the agent and the workflow waits for it. */
const BY_SCRIPT = ["plugin", "init_script"];

/** After the start of a host: wait until it is up, then install its agent, unless it has none. */
export function addHostStart(steps: InstanceSteps): void {
  steps.operation(host("get_state"), { settings: { onSuccess: "until-true" } });
  const method = installMethod(steps.index.nodeOf(steps.instance));
  if (method !== "none") {
    agentOperation(steps, "create", "Creating agent", "Agent created");
    if (BY_SCRIPT.includes(method)) agentOperation(steps, "start", "Waiting for agent to start", "Agent started");
  }
  steps.operation(monitoringAgent("install"));
  steps.operation(monitoringAgent("start"));
}

/** Before the stop of a host: its agents go first. */
export function addHostStop(steps: InstanceSteps): void {
  steps.operation(monitoringAgent("stop"));
  steps.operation(monitoringAgent("uninstall"));
  const method = installMethod(steps.index.nodeOf(steps.instance));
  if (method === "none") return;
  agentOperation(steps, BY_SCRIPT.includes(method) ? "stop_amqp" : "stop", "Stopping agent");
  agentOperation(steps, "delete", "Deleting agent", "Agent deleted");
}

/** Told of even when nothing implements it: the agent may be somebody else's business. */
function agentOperation(steps: InstanceSteps, operation: string, before: string, after?: string): void {
  steps.mark(before);
  steps.operation(cloudifyAgent(operation));
  steps.mark(after);
}

/** How a host's agent gets onto it; `remote` unless the blueprint says otherwise. */
export function installMethod({ properties }: NodeView): string {
  for (const key of ["cloudify_agent", "agent_config"]) {
    const config = properties[key];
    if (config === null || typeof config !== "object" || Array.isArray(config)) continue;
    if (typeof config.install_method === "string" && config.install_method) return config.install_method;
  }
  return properties.install_agent === false ? "none" : "remote";
}
