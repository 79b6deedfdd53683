import { flag, text } from "../../command.ts";
import { allTenantsOption, tenantOption } from "../../options/common.ts";

/** Those that the types of every server know. */
const INSTALL_METHODS = ["remote", "init_script", "provided", "plugin"];

/** Which agents. */
export const agentOptions = {
  tenant: tenantOption,
  allTenants: allTenantsOption,
  allStates: flag({ flags: ["--all-states"], help: "Whatever their state, not only those that are started" }),
  deploymentIds: text({
    flags: ["--deployment-id"],
    metavar: "DEPLOYMENT_ID",
    multiple: true,
    help: "Only those of this deployment",
    complete: "deployment",
  }),
  nodeIds: text({
    flags: ["--node-id"],
    metavar: "NODE_ID",
    multiple: true,
    help: "Only those of this node",
    complete: "node",
  }),
  nodeInstanceIds: text({
    flags: ["--node-instance-id"],
    metavar: "NODE_INSTANCE_ID",
    multiple: true,
    help: "Only that of this node instance",
    complete: "node-instance",
  }),
  installMethods: text({
    flags: ["--install-method"],
    metavar: "METHOD",
    multiple: true,
    help: "Only those that were installed in this way: remote, init_script, provided, plugin",
    suggestions: INSTALL_METHODS,
  }),
};

export const waitOption = flag({
  flags: ["--wait"],
  off: ["--no-wait", "--detach"],
  default: true,
  help: "Wait until it is done everywhere",
});

export interface AgentsWanted {
  tenant: string | undefined;
  allTenants: boolean;
  deploymentIds: string[];
  nodeIds: string[];
  nodeInstanceIds: string[];
  installMethods: string[];
}
