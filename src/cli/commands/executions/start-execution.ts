import { isDeepStrictEqual } from "node:util";
import type { Execution } from "../../../api/resources.ts";
import { type Client, RestError } from "../../../client/index.ts";
import type { StartExecution } from "../../../client/resources/executions.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { nameOf } from "../../follow/index.ts";
import { sentOnce } from "../../sent-once.ts";
import { environmentCreated } from "./environment-created.ts";

const ENVIRONMENT_PENDING = new Set([
  "deployment_environment_creation_in_progress_error",
  "deployment_environment_creation_pending_error",
]);

/**
 * Starts a workflow, once. A deployment whose environment is still being created is waited for.
 * @throws CfyError it was refused, or the answer was lost and nobody knows of such an execution
 */
export async function startExecution(ctx: Context, client: Client, request: StartExecution): Promise<Execution> {
  try {
    return await start(ctx, client, request);
  } catch (error) {
    if (!(error instanceof RestError && ENVIRONMENT_PENDING.has(error.code))) throw refusal(error, request);
  }
  ctx.notice(`The environment of ${request.deployment_id} is still being created; waiting for it …`);
  await environmentCreated(ctx, client, request.deployment_id);
  return await start(ctx, client, request).catch((error: unknown) => {
    throw refusal(error, request);
  });
}

/** Starts it, or finds it when the answer was lost. */
const start = (ctx: Context, client: Client, request: StartExecution): Promise<Execution> =>
  sentOnce(ctx, {
    doing: `starting ${nameOf(request)}`,
    send: () => client.executions.start(request, { signal: ctx.signal }),
    async find(since) {
      const { items } = await client.executions.page({
        deployment_id: request.deployment_id,
        workflow_id: request.workflow_id,
        _sort: "-created_at",
        _size: 5,
      });
      return items.find((found) => found.created_at >= since && isOf(request, found));
    },
    look: `cfy executions list -d ${request.deployment_id} --descending`,
  });

const isOf = ({ parameters }: StartExecution, found: Execution): boolean =>
  Object.entries(parameters ?? {}).every(([name, value]) => isDeepStrictEqual(found.parameters?.[name], value));

/** The refusals of a start that people meet often, with the way out of each. */
function refusal(error: unknown, { deployment_id: deployment, workflow_id: workflow }: StartExecution): unknown {
  if (!(error instanceof RestError)) return error;
  const details = { status: error.status, requestId: error.requestId, cause: error };
  switch (error.code) {
    case "existing_running_execution_error": {
      const running = runningIn(error.message);
      const which = running.map(({ id, workflow: name }) => `${name} (${id})`).join(", ") || error.message;
      return new CfyError(error.code, `Another execution is running on ${deployment}: ${which}`, {
        ...details,
        exit: ExitCode.Conflict,
        hint: [
          ...running.map(({ id }) => `cfy executions watch ${id}`),
          "or start with --queue to run after it, --force to run beside it",
        ],
      });
    }
    case "nonexistent_workflow_error":
      return new CfyError(error.code, `${deployment} has no workflow ${workflow}`, {
        ...details,
        exit: ExitCode.NotFound,
        hint: `cfy workflows list -d ${deployment} --all`,
      });
    case "unavailable_workflow_error":
      return new CfyError(error.code, error.message, {
        ...details,
        exit: ExitCode.Conflict,
        hint: [`cfy workflows get ${workflow} -d ${deployment}`, "or start with --force"],
      });
    case "illegal_execution_parameters_error":
      return new CfyError(error.code, error.message, {
        ...details,
        hint: [
          `cfy workflows get ${workflow} -d ${deployment}`,
          ...(/not have the following parameters/.test(error.message)
            ? ["--allow-custom-parameters lets undeclared ones through"]
            : []),
        ],
      });
    default:
      return error;
  }
}

/** A manager names the running executions inside its sentence, and nowhere else. */
function runningIn(message: string): { id: string; workflow: string }[] {
  const found = message.matchAll(/<Execution id=`([^`]+)`[^>]*?workflow_id=`([^`]+)`>/g);
  return [...found].map(([, id = "", workflow = ""]) => ({ id, workflow }));
}
