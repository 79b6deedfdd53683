import type { JsonObject } from "../../../../api/resources.ts";
import type { PutDeploymentGroup } from "../../../../client/resources/deployment-groups.ts";
import { text } from "../../../command.ts";
import { readInputs } from "../../../inputs/inputs.ts";
import type { InputStream } from "../../../io.ts";
import { tenantOption } from "../../../options/common.ts";
import { inputsOption } from "../../../options/inputs.ts";

/** What new deployments of a group are made of. */
export const defaultsOptions = {
  inputs: inputsOption,
  defaultBlueprint: text({
    flags: ["-b", "--default-blueprint"],
    metavar: "BLUEPRINT_ID",
    help: "New deployments of the group are made of this",
    complete: "blueprint",
  }),
  description: text({ flags: ["--description"], metavar: "TEXT", help: "What the group is for" }),
  tenant: tenantOption,
};

interface Defaults {
  inputs: readonly string[];
  defaultBlueprint: string | undefined;
  description: string | undefined;
}

/** What is not given is not changed. */
export async function groupDefaults(given: Defaults, stdin: InputStream): Promise<PutDeploymentGroup> {
  const { inputs, defaultBlueprint, description } = given;
  return {
    description: description ?? null,
    blueprint_id: defaultBlueprint ?? null,
    default_inputs: inputs.length === 0 ? null : ((await readInputs(inputs, stdin)) as JsonObject),
  };
}
