import { flag, text } from "../option.ts";
import { visibilityOption } from "./common.ts";
import { allowCustomParametersOption, parametersOption } from "./inputs.ts";

/** What commands take that go from a blueprint to a running deployment. */
export const newDeploymentOptions = {
  deploymentId: text({
    flags: ["-d", "--deployment-id"],
    metavar: "ID",
    help: "Id of the deployment; by default the blueprint's",
    complete: "deployment",
  }),
  validate: flag({ flags: ["--validate"], help: "Validate it here before it is sent" }),
  visibility: visibilityOption,
  skipPluginsValidation: flag({ flags: ["--skip-plugins-validation"], help: "Even when plugins it needs are missing" }),
  parameters: parametersOption,
  allowCustomParameters: allowCustomParametersOption,
  blueprintLabels: text({ flags: ["--blueprint-labels"], metavar: "KEY:VALUE,…", help: "Labels of the blueprint" }),
  deploymentLabels: text({ flags: ["--deployment-labels"], metavar: "KEY:VALUE,…", help: "Labels of the deployment" }),
};
