import { validateBlueprint } from "../../blueprint/validate.ts";
import { argument, command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";

/** `cfy blueprints validate`: reads a blueprint as the server would, without one. */
export const validate = command({
  name: "validate",
  summary: "Check a blueprint without uploading it",
  arguments: { blueprintPath: argument({ help: "The main file", complete: "file" }) },
  examples: [["cfy blueprints validate app/blueprint.yaml", "all its errors, with file and line"]],
  async run(ctx, { blueprintPath }) {
    await validateBlueprint(ctx, blueprintPath);
    ctx.output.line(`${blueprintPath} is valid`);
    return ExitCode.Ok;
  },
});
