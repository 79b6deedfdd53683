import { flag, text } from "../option.ts";

const FORMS = "key=value, JSON or YAML text, a file, a directory, a quoted wildcard, or - for standard input";

export const inputsOption = text({
  flags: ["-i", "--inputs"],
  multiple: true,
  complete: "blueprint-input",
  help: `Inputs: ${FORMS}`,
});

export const parametersOption = text({
  flags: ["-p", "--parameters"],
  multiple: true,
  complete: "workflow-parameter",
  help: `Workflow parameters: ${FORMS}`,
});

export const allowCustomParametersOption = flag({
  flags: ["--allow-custom-parameters"],
  help: "Allow parameters that the workflow does not declare",
});
