import { RestError } from "../client/errors.ts";
import { text } from "./command.ts";
import type { Context } from "./context.ts";
import { CfyError, usageError } from "./errors.ts";
import { ExitCode } from "./exit-code.ts";
import { activeProfile } from "./profiles/active.ts";
import { LOCAL } from "./profiles/profile.ts";

/**
 * Without a manager the original knows no deployments: a blueprint is worked on by its own name. Here `init` and
 * `install` make a deployment of that name, and `-b` means that one.
 */
export const localBlueprintOption = text({
  flags: ["-b", "--blueprint-id"],
  metavar: "ID",
  help: "On the server of this machine: what init or install made of this blueprint",
  complete: "deployment",
});

interface Named {
  deploymentId?: string | undefined;
  blueprintId?: string | undefined;
}

/**
 * The deployment that is meant.
 * @throws CfyError usage, neither is given, or `-b` with a manager's profile; not found, no such blueprint was initialised
 */
export async function deploymentMeant(
  ctx: Context,
  { deploymentId, blueprintId }: Named,
  missing: string,
): Promise<string> {
  if (blueprintId !== undefined) return await localDeployment(ctx, blueprintId);
  if (deploymentId !== undefined) return deploymentId;
  throw usageError(missing, { hint: "Or, on the server of this machine, -b: what init made of a blueprint." });
}

/** @throws CfyError as above */
export async function localDeployment(ctx: Context, blueprintId: string): Promise<string> {
  const profile = await activeProfile(ctx.env);
  if (profile !== LOCAL) {
    throw usageError(`-b is for the server of this machine, and profile ${profile} is in use`, {
      hint: ["Name a deployment.", "cfy profiles use local"],
    });
  }
  try {
    await ctx.client().deployments.get(blueprintId, { _include: ["id"] });
    return blueprintId;
  } catch (error) {
    if (!(error instanceof RestError) || error.status !== 404) throw error;
    throw new CfyError("not_found_error", `No blueprint ${blueprintId} was initialised here`, {
      exit: ExitCode.NotFound,
      hint: `cfy init BLUEPRINT_PATH -b ${blueprintId}`,
      cause: error,
    });
  }
}
