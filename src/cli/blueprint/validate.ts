import type { BlueprintFault, BlueprintPlugin, Context } from "../context.ts";
import { CfyError } from "../errors.ts";
import { blueprintSource } from "./source.ts";

/**
 * The plugins that a valid blueprint has installed.
 * @throws CfyError with all that is wrong with it, by file and line
 */
export async function validateBlueprint(
  ctx: Context,
  path: string,
  fileName?: string,
): Promise<readonly BlueprintPlugin[]> {
  const source = await blueprintSource(path, fileName);
  if (source.kind !== "folder") {
    throw new CfyError("not_a_blueprint_file", `${path} is not a blueprint's main file`, {
      hint: "Only a blueprint that lies here unpacked can be validated here.",
    });
  }
  ctx.notice(`Validating ${path} …`);
  const { faults, plugins } = await ctx.readBlueprint(source.folder, source.mainFile);
  if (faults.length === 0) return plugins;
  const [first] = faults;
  const message =
    faults.length === 1 && first
      ? `${path} is not valid: ${faultText(first)}`
      : [`${path} is not valid; ${faults.length} errors:`, ...faults.map((fault) => `  ${faultText(fault)}`)].join(
          "\n",
        );
  throw new CfyError("invalid_blueprint", message);
}

/** `file:line:column: message (at node_templates.web)` */
function faultText({ message, file, line, column, path, hint }: BlueprintFault): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const element = path && path.length > 0 ? ` (at ${path.join(".")})` : "";
  return `${place ? `${place}: ` : ""}${message}${element}${hint ? `; ${hint}` : ""}`;
}
