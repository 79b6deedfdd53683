import type { Deployment, JsonObject } from "../../../api/resources.ts";
import { type Client, RestError } from "../../../client/index.ts";
import type { CreateDeployment } from "../../../client/resources/deployments.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { validName } from "../../inputs/names.ts";
import { sentOnce } from "../../sent-once.ts";
import { environmentCreated } from "../executions/environment-created.ts";

export interface DeploymentWanted extends CreateDeployment {
  id: string;
  inputs: JsonObject;
}

/**
 * Makes a deployment and waits until its environment is there; with `async` only until the server has begun.
 * @throws CfyError it was refused; the hint says how to see what the blueprint wants
 */
export async function createDeployment(
  ctx: Context,
  client: Client,
  wanted: DeploymentWanted,
  { async = false }: { async?: boolean } = {},
): Promise<Deployment> {
  const { id, ...request } = wanted;
  validName(id, "deployment id");
  ctx.notice(`Creating deployment ${id} from blueprint ${request.blueprint_id} …`);
  const creation = sentOnce(ctx, {
    doing: `creating ${id}`,
    send: () => client.deployments.create(id, request, { signal: ctx.signal, async }),
    async find(since) {
      const found = await client.deployments.get(id).catch(noneIfMissing);
      if (!found || found.created_at < since || found.blueprint_id !== request.blueprint_id) return undefined;
      if (!async) await environmentCreated(ctx, client, id);
      return found;
    },
    look: `cfy deployments list -b ${request.blueprint_id}`,
  });
  return await creation.catch((error: unknown) => {
    throw refusal(error, id, { blueprintId: request.blueprint_id, inputs: request.inputs });
  });
}

function noneIfMissing(error: unknown): undefined {
  if (error instanceof RestError && error.code === "not_found_error") return undefined;
  throw error;
}

const INPUT_ERRORS = new Set([
  "missing_required_deployment_input_error",
  "unknown_deployment_input_error",
  "deployment_input_evaluation_error",
  "constraint_error",
]);

function refusal(
  error: unknown,
  id: string,
  { blueprintId, inputs }: { blueprintId: string; inputs: JsonObject },
): unknown {
  if (!(error instanceof RestError)) return error;
  const details = { status: error.status, requestId: error.requestId, cause: error };
  const message = `The deployment ${id} was not created: ${error.message}`;
  if (INPUT_ERRORS.has(error.code)) {
    return new CfyError(error.code, message, { ...details, hint: `cfy blueprints inputs ${blueprintId}` });
  }
  if (error.code === "deployment_creation_error") {
    const hint = [
      `cfy blueprints inputs ${blueprintId}`,
      ...untexted(inputs, error.message),
      `If something of it is left: cfy deployments delete ${id} --force`,
    ];
    return new CfyError(error.code, message, { ...details, hint });
  }
  if (error.code === "deployment_plugin_not_found") {
    const hint = ["cfy plugins list", "--skip-plugins-validation creates it all the same"];
    return new CfyError(error.code, message, { ...details, hint });
  }
  if (error.code === "conflict_error") {
    const hint = ["Choose another id, or let one be made with --generate-id."];
    return new CfyError(error.code, message, { ...details, exit: ExitCode.Conflict, hint });
  }
  return error;
}

/** `key=value` gives text. Where the blueprint wants a number, that has to be written in another form. */
function untexted(inputs: JsonObject, complaint: string): string[] {
  const blamed = Object.entries(inputs).filter(
    ([name, value]) => complaint.includes(name) && typeof value === "string" && /^(true|false|-?[\d.]+)$/.test(value),
  );
  if (blamed.length === 0) return [];
  const yaml = blamed.map(([name, value]) => `${name}: ${value}`).join(", ");
  return [`A value after = is text; to give a number, true or false: -i '{${yaml}}'`];
}
