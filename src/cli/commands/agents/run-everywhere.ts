import type { Execution, JsonObject } from "../../../api/resources.ts";
import { combinedExit } from "../../combined-exit.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitExecution, exitCodeOf } from "../../follow/index.ts";
import type { Column } from "../../output/column.ts";
import { startExecution } from "../executions/start-execution.ts";
import type { AgentsWanted } from "./options.ts";
import { type Target, targetsOf } from "./targets.ts";

interface Outcome extends Pick<Execution, "id" | "deployment_id" | "tenant_name" | "error"> {
  status: string;
}

const COLUMNS: readonly Column<Outcome>[] = [
  { key: "id" },
  { key: "deployment_id" },
  { key: "tenant_name", priority: 0 },
  { key: "status" },
  { key: "error" },
];

interface Run {
  workflow: string;
  parameters: JsonObject;
  /** Wait until all have ended. */
  wait: boolean;
  /** Seconds for all of them together; 0: no limit. */
  timeout: number;
}

/** Runs a workflow on every deployment that has the wanted agents: all are started, then waited for in turn. */
export async function runEverywhere(ctx: Context, wanted: AgentsWanted, run: Run): Promise<ExitCode> {
  const targets = await targetsOf(ctx, wanted);
  const started: Execution[] = [];
  for (const target of targets) started.push(await startOn(ctx, target, wanted, run));
  const outcomes: Outcome[] = [];
  const deadline = ctx.clock.now() + run.timeout * 1000;
  for (const execution of started)
    outcomes.push(
      run.wait ? await ended(ctx, execution, run.timeout > 0 ? secondsUntil(deadline, ctx) : 0) : execution,
    );
  await ctx.output.rows(outcomes, { title: "Executions:", columns: COLUMNS });
  if (!run.wait) ctx.notice("  cfy executions wait EXECUTION_ID …");
  return combinedExit(outcomes.map(({ status }) => (status === "timed-out" ? ExitCode.TimedOut : exitCodeOf(status))));
}

async function startOn(ctx: Context, target: Target, wanted: AgentsWanted, run: Run): Promise<Execution> {
  const { tenant, deployment } = target;
  const { installMethods } = wanted;
  const execution = await startExecution(ctx, ctx.client({ tenant }), {
    deployment_id: deployment,
    workflow_id: run.workflow,
    parameters: {
      ...target.parameters,
      ...(installMethods.length > 0 && { install_methods: installMethods }),
      ...run.parameters,
    },
    allow_custom_parameters: true,
  });
  ctx.notice(`Started ${run.workflow} on ${deployment} in ${tenant} (${execution.id})`);
  return execution;
}

/** Never 0, which would mean: no limit. */
const secondsUntil = (deadline: number, { clock }: Context): number => Math.max(0.001, (deadline - clock.now()) / 1000);

async function ended(ctx: Context, execution: Execution, timeout: number): Promise<Outcome> {
  const { id, deployment_id, tenant_name, error } = execution;
  // Events and rows would not make one document.
  const showEvents = ctx.output.format === "table";
  const client = ctx.client({ tenant: tenant_name });
  const outcome = await awaitExecution(ctx, client, execution, { logs: true, showEvents, timeout });
  ctx.signal.throwIfAborted();
  if (outcome.kind === "ended") return outcome.subject;
  return { id, deployment_id, tenant_name, error, status: outcome.kind };
}
