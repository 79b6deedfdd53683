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
    steps.operation(cloudifyAgent("create"), { before: "Creating agent", after: "Agent created" });
    if (BY_SCRIPT.includes(method)) {
      steps.operation(cloudifyAgent("start"), { before: "Waiting for agent to start", after: "Agent started" });
    }
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
  const stop = cloudifyAgent(BY_SCRIPT.includes(method) ? "stop_amqp" : "stop");
  steps.operation(stop, { before: "Stopping agent" });
  steps.operation(cloudifyAgent("delete"), { before: "Deleting agent", after: "Agent deleted" });
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
