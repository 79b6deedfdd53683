import { command } from "../../command.ts";
import { endlessTimeout } from "../../options/wait.ts";
import { agentOptions, waitOption } from "./options.ts";
import { runEverywhere } from "./run-everywhere.ts";

/** `cfy agents validate` */
export const validate = command({
  name: "validate",
  summary: "Check that the server and the agents on hosts reach each other",
  options: { ...agentOptions, wait: waitOption, timeout: endlessTimeout },
  examples: [["cfy agents validate --deployment-id my_deployment", "those of one deployment"]],
  run: (ctx, { wait, timeout, ...wanted }) =>
    runEverywhere(ctx, wanted, { workflow: "validate_agents", parameters: {}, wait, timeout }),
});
