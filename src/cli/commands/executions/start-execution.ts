import { isDeepStrictEqual } from "node:util";
import type { Execution } from "../../../api/resources.ts";
import { type Client, ConnectionError, RestError } from "../../../client/index.ts";
import type { StartExecution } from "../../../client/resources/executions.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { nameOf } from "../../follow/index.ts";
import { environmentCreated } from "./environment-created.ts";

const ENVIRONMENT_PENDING = new Set([
  "deployment_environment_creation_in_progress_error",
  "deployment_environment_creation_pending_error",
]);

/** Clocks of two machines may differ by so much before an execution is taken for an older one. */
const CLOCK_SKEW_MS = 60_000;
const READ_BACK_TRIES = 8;
const GATEWAY_STATUSES = [502, 503, 504];

/**
 * Starts a workflow, once. A deployment whose environment is still being created is waited for.
 * @throws CfyError it was refused, or the answer was lost and nobody knows of such an execution
 */
export async function startExecution(ctx: Context, client: Client, request: StartExecution): Promise<Execution> {
  const begun = ctx.clock.now();
  try {
    return await client.executions.start(request, { signal: ctx.signal });
  } catch (error) {
    if (isAnswerLost(error)) return await readBack(ctx, client, request, begun, error);
    if (!(error instanceof RestError && ENVIRONMENT_PENDING.has(error.code))) throw refusal(error, request);
  }
  ctx.notice(`The environment of ${request.deployment_id} is still being created; waiting for it …`);
  await environmentCreated(ctx, client, request.deployment_id);
  return await client.executions.start(request, { signal: ctx.signal }).catch((error: unknown) => {
    throw refusal(error, request);
  });
}

/** A gateway answers for a server that may have obeyed before it was lost. */
const isAnswerLost = (error: unknown): error is ConnectionError | RestError =>
  error instanceof ConnectionError
    ? error.sent
    : error instanceof RestError && error.body === undefined && GATEWAY_STATUSES.includes(error.status);

/** The request went out and no answer came: it may have been obeyed, so the server is asked instead of told again. */
async function readBack(
  ctx: Context,
  client: Client,
  request: StartExecution,
  begun: number,
  lost: ConnectionError | RestError,
): Promise<Execution> {
  const what = nameOf(request);
  ctx.warn(`connection lost while starting ${what}, looking whether it was started …`);
  const since = new Date(begun - CLOCK_SKEW_MS).toISOString();
  const { items } = await patiently(ctx, () =>
    client.executions.page({
      deployment_id: request.deployment_id,
      workflow_id: request.workflow_id,
      _sort: "-created_at",
      _size: 5,
    }),
  );
  const started = items.find((found) => found.created_at >= since && isOf(request, found));
  if (started) {
    ctx.warn(`it was started (${started.id})`);
    return started;
  }
  throw new CfyError("start_not_confirmed", `The connection broke while ${what} was being started: ${lost.message}`, {
    exit: ExitCode.Unreachable,
    hint: [
      "The server knows of no such execution, so the same command may be given again.",
      `cfy executions list -d ${request.deployment_id} --descending`,
    ],
    cause: lost,
  });
}

const isOf = ({ parameters }: StartExecution, found: Execution): boolean =>
  Object.entries(parameters ?? {}).every(([name, value]) => isDeepStrictEqual(found.parameters?.[name], value));

async function patiently<T>(ctx: Context, read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await read();
    } catch (error) {
      const worthwhile = error instanceof ConnectionError || isAnswerLost(error);
      if (!worthwhile || tries === READ_BACK_TRIES) throw error;
      await ctx.clock.sleep(250 * tries, ctx.signal);
    }
  }
}

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
