import { slipShownBy } from "./accepted.ts";
import { Actor } from "./actor.ts";
import type { EngineCase, Expectation, Step } from "./case.ts";
import { compareExecution, compareFields, compareInstance } from "./compare.ts";
import { Names } from "./names.ts";
import { Observer } from "./observe.ts";
import type { Answer, Rest } from "./rest.ts";

type Row = Record<string, unknown>;
/** Steps have no order of their own. */
const sortedSteps = (steps: Row[]): string[] =>
  steps
    .map(({ action, entity_type, entity_id }) => `${action} ${entity_type} ${(entity_id as string[]).join("/")}`)
    .sort();

/** Plays one recorded scenario against the server and collects what differs. */
export class Scenario {
  readonly problems: string[] = [];
  private readonly names = new Names();
  private readonly observer: Observer;
  private readonly actor: Actor;

  constructor(
    private readonly engineCase: EngineCase,
    private readonly rest: Rest,
  ) {
    this.observer = new Observer(rest, this.names);
    this.actor = new Actor(engineCase, rest, this.names, this.observer);
  }

  async play(): Promise<string[]> {
    try {
      for (const step of this.engineCase.before ?? []) await this.actor.act(step);
      for (const [number, step] of this.engineCase.steps.entries()) {
        if (step.expect?.RECORDER_PROBLEM) break;
        const slip = slipShownBy(step);
        if (slip?.ends === "case") break;
        if (slip) await this.actor.act(step);
        else await this.step(step, `step ${number} ${step.do}${step.workflow ? ` ${step.workflow}` : ""}`);
      }
    } catch (error) {
      this.problems.push(`stopped: ${error instanceof Error ? error.message : error}`);
    } finally {
      this.actor.remove();
    }
    return this.problems;
  }

  private async step(step: Step, where: string): Promise<void> {
    const expected = step.expect ?? {};
    const outcome = await this.actor.act(step);
    if (outcome?.refusal || expected.refused) {
      this.compareRefusal(expected, outcome?.refusal, where);
      return;
    }
    const shownStatus = outcome?.answer?.status;
    const expectedStatus = expected.start_status ?? expected.answer_status;
    if (expectedStatus !== undefined && shownStatus !== undefined && expectedStatus !== shownStatus)
      this.problems.push(`${where}: answered ${shownStatus}, expected ${expectedStatus}`);
    await this.compareRecord(step, expected, where);
  }

  private async compareRecord(step: Step, expected: Expectation, where: string): Promise<void> {
    if (expected.execution) {
      const label = step.execution ?? step.of;
      const id = label ? this.names.realId(label) : await this.actor.createExecution(step.as ?? "D1");
      this.problems.push(...compareExecution(expected, await this.observer.execution(id), where));
    }
    const deployment =
      step.deployment ?? (step.do === "deploy" || step.do === "create-deployment" ? step.as : undefined) ?? "D1";
    if (expected.node_instances) await this.compareInstances(expected, this.names.realId(deployment), where);
    if (expected.deployment) {
      const shown = await this.observer.deployment(this.names.realId(deployment));
      const { deployment_status, latest_execution_status, ...lasting } = expected.deployment;
      // What was queued behind the awaited execution starts at once here: these two speak of it then.
      const isOvertaken = step.do === "wait" && shown["latest_execution_status"] === "in_progress";
      this.problems.push(...compareFields(isOvertaken ? lasting : expected.deployment, shown, `${where} deployment`));
    }
    if (expected.nodes_after)
      this.problems.push(
        ...compareFields(expected.nodes_after, await this.observer.nodes(this.names.realId("D1")), `${where} nodes`),
      );
    if (expected.deployment_update)
      this.problems.push(...(await this.compareUpdate(expected.deployment_update, where)));
    if (expected.workflows) await this.compareWorkflows(expected.workflows, where);
    for (const [name, recorded] of Object.entries(expected.started_executions ?? {})) {
      const shown = await this.observer.execution(this.names.realId(name));
      this.problems.push(...compareExecution(recorded, shown, `${where} ${name}`));
    }
    for (const [name, recorded] of Object.entries(expected.members ?? {})) {
      const shown = await this.observer.execution(this.names.realId(`E${name}`));
      this.problems.push(...compareExecution(recorded, shown, `${where} ${name}`));
    }
  }

  private async compareInstances(expected: Expectation, deploymentId: string, where: string): Promise<void> {
    const { node_instances: recorded = {}, differs_between_runs: varying = [] } = expected;
    const shown = await this.observer.nodeInstances(deploymentId);
    for (const [name, fields] of Object.entries(recorded))
      if (!varying.some((path) => path.startsWith(`node_instances.${name}`)))
        this.problems.push(...compareInstance(fields, shown[name], `${where} ${name}`));
    for (const name of Object.keys(shown))
      if (!(name in recorded)) this.problems.push(`${where} node instance not expected: ${name}`);
  }

  /** The latest update of the deployment. */
  private async compareUpdate(expected: Record<string, unknown>, where: string): Promise<string[]> {
    const shown = await this.observer.update(this.names.realId("D1"));
    const { state, steps } = expected;
    return compareFields(
      { state, steps: sortedSteps(steps as Row[]) },
      { ...shown, steps: sortedSteps(shown.steps) },
      `${where} update`,
    );
  }

  private compareRefusal(expected: Expectation, refusal: Answer | undefined, where: string): void {
    if (!refusal) {
      this.problems.push(`${where}: accepted, but should be refused with ${expected.refused?.error_code}`);
      return;
    }
    const shown = {
      status_code: refusal.status,
      error_code: refusal.body.error_code,
      message: this.names.text(`${refusal.status}: ${refusal.body.message}`),
    };
    if (!expected.refused) this.problems.push(`${where}: refused: ${shown.message}`);
    else this.problems.push(...compareFields({ ...expected.refused }, shown, `${where} refusal`));
  }

  private async compareWorkflows(expected: Record<string, unknown>, where: string): Promise<void> {
    const shown = await this.rest.need(this.rest.get(`deployments/${this.names.realId("D1")}`));
    const workflows = shown.workflows as Record<string, unknown>[];
    for (const [name, fields] of Object.entries(expected))
      this.problems.push(
        ...compareFields(
          withoutDescriptions(fields),
          withoutDescriptions(workflows.find((workflow) => workflow.name === name)),
          `${where} ${name}`,
        ),
      );
  }
}

/** The parameters' descriptions are prose, and everybody's own. */
function withoutDescriptions(workflow: unknown): Record<string, unknown> {
  const { parameters, ...rest } = workflow as { parameters?: Record<string, Record<string, unknown>> };
  const bare = Object.entries(parameters ?? {}).map(([name, { description, ...schema }]) => [name, schema]);
  return { ...rest, parameters: Object.fromEntries(bare) };
}
