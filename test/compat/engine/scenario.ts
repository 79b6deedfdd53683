import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { slipShownBy } from "./accepted.ts";
import { packFolder, uploadBody } from "./archive.ts";
import type { EngineCase, EventPattern, Expectation, Step } from "./case.ts";
import { compareExecution, compareFields, compareInstance } from "./compare.ts";
import { Names } from "./names.ts";
import { Observer } from "./observe.ts";
import type { Answer, Rest } from "./rest.ts";

const FINAL = new Set(["terminated", "failed", "cancelled"]);
const POLL = 40;
type Row = Record<string, unknown>;
/** Steps have no order of their own. */
const sortedSteps = (steps: Row[]): string[] =>
  steps
    .map(({ action, entity_type, entity_id }) => `${action} ${entity_type} ${(entity_id as string[]).join("/")}`)
    .sort();
const pause = (milliseconds: number) => new Promise((next) => setTimeout(next, milliseconds));

/** Plays one recorded scenario against the server and collects what differs. */
export class Scenario {
  readonly problems: string[] = [];
  private readonly names = new Names();
  private readonly observer: Observer;
  private readonly scratch = mkdtempSync(join(tmpdir(), "cfy-case-"));
  private readonly blueprints = new Set<string>();
  private readonly stepLimit: number;
  /** What the scenario makes is named after it, so that several can run on one server. */
  private readonly unique: string;

  constructor(
    private readonly engineCase: EngineCase,
    private readonly rest: Rest,
    options: { stepLimit?: number } = {},
  ) {
    this.unique = `c${engineCase.name.replace(/[^\w-]/g, "-")}`;
    this.observer = new Observer(rest, this.names);
    this.names.add(this.scratch, "$TMPDIR");
    // Ids that a scenario makes up stay as they are.
    const asked = JSON.stringify(engineCase.steps.map(({ expect: _, ...step }) => step));
    for (const [id] of asked.matchAll(/[\w-]+_[a-z0-9]{6}\b/g)) this.names.add(id, id);
    this.stepLimit = options.stepLimit ?? 90_000;
  }

  async play(): Promise<string[]> {
    try {
      for (const step of this.engineCase.before ?? []) await this.act(step);
      for (const [number, step] of this.engineCase.steps.entries()) {
        if (step.expect?.RECORDER_PROBLEM) break;
        const slip = slipShownBy(step);
        if (slip?.ends === "case") break;
        if (slip) await this.act(step);
        else await this.step(step, `step ${number} ${step.do}${step.workflow ? ` ${step.workflow}` : ""}`);
      }
    } catch (error) {
      this.problems.push(`stopped: ${error instanceof Error ? error.message : error}`);
    } finally {
      rmSync(this.scratch, { recursive: true, force: true });
    }
    return this.problems;
  }

  private async step(step: Step, where: string): Promise<void> {
    const expected = step.expect ?? {};
    const outcome = await this.act(step);
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
      const id = label ? this.names.realId(label) : await this.createExecution(step.as ?? "D1");
      this.problems.push(...compareExecution(expected, await this.observer.execution(id), where));
    }
    const deployment =
      step.deployment ?? (step.do === "deploy" || step.do === "create-deployment" ? step.as : undefined) ?? "D1";
    if (expected.node_instances) {
      const shown = await this.observer.nodeInstances(this.names.realId(deployment));
      const skip = expected.differs_between_runs ?? [];
      for (const [name, fields] of Object.entries(expected.node_instances))
        if (!skip.some((path) => path.startsWith(`node_instances.${name}`)))
          this.problems.push(...compareInstance(fields, shown[name], `${where} ${name}`));
      for (const name of Object.keys(shown))
        if (!(name in expected.node_instances)) this.problems.push(`${where} node instance not expected: ${name}`);
    }
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

  private async act(step: Step): Promise<{ refusal?: Answer; answer?: Answer["body"] } | undefined> {
    switch (step.do) {
      case "create-deployment":
      case "deploy":
        return this.createDeployment(step);
      case "start":
        return this.start(step);
      case "cancel":
      case "force-cancel":
      case "kill":
      case "resume":
      case "force-resume":
        return this.control(step);
      case "wait":
        await this.wait(step);
        return undefined;
      case "settle":
      case "sleep":
        await pause((step.seconds ?? 0) * 1000);
        return undefined;
      case "touch":
        writeFileSync(this.fill(step.file ?? "") as string, "");
        return undefined;
      case "remove":
        rmSync(this.fill(step.file ?? "") as string, { force: true });
        return undefined;
      case "secret":
        await this.rest.need(this.rest.put(`secrets/${step.key}`, { value: step.value, update_if_exists: true }));
        return undefined;
      case "config":
        await this.rest.need(this.rest.put(`config/workflow.${step.name}`, { value: step.value }));
        return undefined;
      case "set-runtime":
      case "set-state":
        await this.setInstance(step);
        return undefined;
      case "update":
        return this.update(step);
      case "schedule":
        await this.schedule(step);
        return undefined;
      case "group":
        await this.rest.need(
          this.rest.put(`deployment-groups/${this.name(step.as)}`, {
            deployment_ids: (step.deployments ?? []).map((name) => this.names.realId(name)),
          }),
        );
        this.names.add(this.name(step.as), step.as ?? "");
        return undefined;
      case "group-start":
        await this.startGroup(step);
        return undefined;
      case "workflows":
        return undefined;
      case "delete-deployment":
        return this.deleteDeployment();
      default:
        throw new Error(`this runner does not know the step "${step.do}"`);
    }
  }

  private async createDeployment(step: Step): Promise<{ refusal?: Answer } | undefined> {
    const blueprintId = await this.upload(step.blueprint ?? this.engineCase.blueprint);
    const id = this.name(step.as);
    this.names.add(id, step.as ?? "D1");
    const inputs = { ...this.engineCase.inputs, ...step.inputs };
    const request = { blueprint_id: blueprintId, inputs: this.fill(inputs) };
    const answer = await this.rest.put(`deployments/${id}`, request, { async_create: "true" });
    if (answer.status >= 300) return { refusal: answer };
    await this.untilFinal(await this.createExecution(step.as ?? "D1"));
    await this.observer.nodeInstances(id);
    return undefined;
  }

  private async upload(file: string): Promise<string> {
    const id = this.name(`bp-${file.replace(/[^\w-]/g, "-")}`);
    if (this.blueprints.has(id)) return id;
    this.blueprints.add(id);
    const archive = await packFolder(join(this.engineCase.folder, "input"));
    const { body, contentType } = uploadBody({ application_file_name: file }, archive);
    await this.rest.need(this.rest.send("PUT", `blueprints/${id}`, {}, body, contentType));
    this.names.add(id, `BP:${file}`);
    return id;
  }

  private async start(step: Step): Promise<{ refusal?: Answer; answer?: Answer["body"] }> {
    const answer = await this.rest.post("executions", {
      deployment_id: this.names.realId(step.deployment ?? "D1"),
      workflow_id: step.workflow,
      parameters: this.fill(step.parameters ?? {}),
      ...step.flags,
    });
    if (answer.status >= 300) return { refusal: answer };
    this.names.add(String(answer.body.id), step.execution ?? "");
    if (step.wait !== false) await this.untilFinal(String(answer.body.id));
    return { answer: answer.body };
  }

  private async control(step: Step): Promise<{ refusal?: Answer; answer?: Answer["body"] }> {
    const id = this.names.realId(step.of ?? "");
    if (step.when) await this.untilEvent(id, step.when);
    const answer = await this.rest.post(`executions/${id}`, { action: step.do });
    if (answer.status >= 300) return { refusal: answer };
    if (step.wait !== false) await this.untilFinal(id);
    return { answer: answer.body };
  }

  private async wait(step: Step): Promise<void> {
    const id = this.names.realId(step.of ?? "");
    if (step.when) await this.untilEvent(id, step.when);
    else await this.untilFinal(id);
  }

  private async update(step: Step): Promise<{ refusal?: Answer; answer?: Answer["body"] }> {
    const blueprint = step.blueprint ? { blueprint_id: await this.upload(step.blueprint) } : {};
    const answer = await this.rest.post(`deployment-updates/${this.names.realId("D1")}/update/initiate`, {
      ...blueprint,
      ...(step.inputs ? { inputs: this.fill(step.inputs) } : {}),
      ...step.flags,
    });
    if (answer.status >= 300) return { refusal: answer };
    this.names.add(String(answer.body.execution_id), step.execution ?? "");
    await this.untilFinal(String(answer.body.execution_id));
    await this.nameStarted(Object.keys(step.expect?.started_executions ?? {}));
    return {};
  }

  /** Executions that the workflow itself has started, in their order. */
  private async nameStarted(labels: string[]): Promise<void> {
    if (labels.length === 0) return;
    const query = { deployment_id: this.names.realId("D1"), _sort: "created_at", _size: 1000 };
    const { items = [] } = await this.rest.need(this.rest.get("executions", query));
    const started = items
      .filter((one) => one.workflow_id !== "create_deployment_environment" && !this.names.knows(String(one.id)))
      .map((one) => String(one.id));
    for (const [index, label] of labels.entries()) {
      const id = started[index];
      if (id === undefined) throw new Error(`no execution was started as ${label}`);
      this.names.add(id, label);
      await this.untilFinal(id);
    }
  }

  private async schedule(step: Step): Promise<void> {
    const deployment = this.names.realId("D1");
    const since = new Date(Date.now() + (step.since_in ?? 0) * 1000).toISOString();
    await this.rest.need(
      this.rest.put(
        `execution-schedules/${step.id}`,
        {
          workflow_id: step.workflow,
          since,
          count: step.count,
          recurrence: step.recurrence,
          parameters: step.parameters ?? {},
          execution_arguments: step.execution_arguments ?? {},
        },
        { deployment_id: deployment },
      ),
    );
    const deadline = Date.now() + (step.timeout ?? 130) * 1000;
    for (;;) {
      const answer = await this.rest.need(
        this.rest.get("executions", { deployment_id: deployment, workflow_id: step.workflow }),
      );
      const id = answer.items?.[0]?.id;
      if (typeof id === "string") {
        this.names.add(id, step.execution ?? "");
        await this.untilFinal(id);
        return;
      }
      if (Date.now() > deadline) throw new Error("the schedule started nothing");
      await pause(500);
    }
  }

  private async startGroup(step: Step): Promise<void> {
    const answer = await this.rest.need(
      this.rest.post("execution-groups", {
        deployment_group_id: this.name(step.group),
        workflow_id: step.workflow,
        default_parameters: this.fill(step.parameters ?? {}),
        concurrency: step.concurrency,
      }),
    );
    for (const id of answer.execution_ids as string[]) {
      const execution = await this.rest.need(this.rest.get(`executions/${id}`));
      this.names.add(id, `E${this.names.text(String(execution.deployment_id))}`);
    }
    for (const id of answer.execution_ids as string[]) await this.untilFinal(id);
  }

  private async deleteDeployment(): Promise<{ refusal?: Answer } | undefined> {
    const id = this.names.realId("D1");
    const answer = await this.rest.delete(`deployments/${id}`);
    if (answer.status >= 300) return { refusal: answer };
    const deadline = Date.now() + this.stepLimit;
    while ((await this.rest.get(`deployments/${id}`)).status !== 404) {
      if (Date.now() > deadline) throw new Error("the deployment is still there");
      await pause(POLL);
    }
    return undefined;
  }

  private async setInstance(step: Step): Promise<void> {
    const id = this.names.realId(step.instance ?? "");
    const instance = await this.rest.need(this.rest.get(`node-instances/${id}`));
    const change = step.do === "set-state" ? { state: step.state ?? step.value } : { runtime_properties: step.value };
    await this.rest.need(
      this.rest.patch(`node-instances/${id}`, { version: instance.version, ...change }, { force: "true" }),
    );
  }

  private async createExecution(deployment: string): Promise<string> {
    const answer = await this.rest.need(
      this.rest.get("executions", {
        deployment_id: this.names.realId(deployment),
        workflow_id: "create_deployment_environment",
      }),
    );
    return String(answer.items?.[0]?.id);
  }

  private async untilFinal(id: string): Promise<void> {
    const deadline = Date.now() + this.stepLimit;
    for (;;) {
      const execution = await this.rest.need(this.rest.get(`executions/${id}`));
      if (FINAL.has(String(execution.status))) return;
      if (Date.now() > deadline)
        throw new Error(`${this.names.text(id)} is still ${execution.status} after ${this.stepLimit} ms`);
      await pause(POLL);
    }
  }

  private async untilEvent(id: string, pattern: EventPattern): Promise<void> {
    const deadline = Date.now() + this.stepLimit;
    for (;;) {
      const answer = await this.rest.need(this.rest.get("events", { execution_id: id, _size: 10000 }));
      const seen = (answer.items ?? []).filter((event) => matches(event, pattern));
      if (seen.length >= (pattern.count ?? 1)) return;
      if (Date.now() > deadline) throw new Error(`no event like ${JSON.stringify(pattern)}`);
      await pause(POLL);
    }
  }

  /** $TMPDIR, $D1 and $inst:web#2 by what they stand for in this run. */
  private fill(value: unknown): unknown {
    if (typeof value === "string")
      return value
        .replaceAll("$TMPDIR", this.scratch)
        .replace(/\$inst:([\w./-]+#\w+)/g, (_, name: string) => this.names.realId(name))
        .replace(/\$([DEG]\d+)\b/g, (_, name: string) => this.names.realId(name));
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (value !== null && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fill(item)]));
    return value;
  }

  private name(label = "D1"): string {
    return `${this.unique}-${label}`.toLowerCase();
  }
}

/** The parameters' descriptions are prose, and everybody's own. */
function withoutDescriptions(workflow: unknown): Record<string, unknown> {
  const { parameters, ...rest } = workflow as { parameters?: Record<string, Record<string, unknown>> };
  const bare = Object.entries(parameters ?? {}).map(([name, { description, ...schema }]) => [name, schema]);
  return { ...rest, parameters: Object.fromEntries(bare) };
}

function matches(event: Record<string, unknown>, pattern: EventPattern): boolean {
  return (
    (pattern.type === undefined || event.type === pattern.type) &&
    (pattern.event_type === undefined || event.event_type === pattern.event_type) &&
    (pattern.node_name === undefined || event.node_name === pattern.node_name) &&
    (pattern.operation === undefined || event.operation === pattern.operation) &&
    (pattern.message_contains === undefined || String(event.message).includes(pattern.message_contains))
  );
}
