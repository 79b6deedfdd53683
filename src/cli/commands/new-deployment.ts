import type { JsonObject } from "../../api/resources.ts";
import { readInputs } from "../inputs/inputs.ts";
import { parseLabels } from "../inputs/labels.ts";
import type { InputStream } from "../io.ts";

interface Written {
  inputs: readonly string[];
  parameters: readonly string[];
  deploymentLabels?: string | undefined;
  blueprintLabels?: string | undefined;
}

/** What the command line says about a deployment to come, read before anything is sent: a mistake leaves nothing behind. */
export async function readNewDeployment(written: Written, stdin: InputStream) {
  const { inputs, parameters, deploymentLabels, blueprintLabels } = written;
  if (blueprintLabels !== undefined) parseLabels(blueprintLabels);
  return {
    inputs: (await readInputs(inputs, stdin)) as JsonObject,
    parameters: (await readInputs(parameters, stdin)) as JsonObject,
    deploymentLabels: deploymentLabels === undefined ? undefined : parseLabels(deploymentLabels),
  };
}
