import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { packFolder, uploadBody } from "./archive.ts";
import type { EngineCase, Step } from "./case.ts";
import type { Names } from "./names.ts";
import type { Observer } from "./observe.ts";
import type { Answer, Rest } from "./rest.ts";
import { until, untilEvent, untilFinal, untilGone } from "./until.ts";

/** What an action was answered, where it was answered at all. */
export interface Outcome {
  refusal?: Answer;
  answer?: Answer["body"];
}

/** Does what the steps of a recorded scenario say, and waits until it is done. */
export class Actor {
  private readonly scratch = mkdtempSync(join(tmpdir(), "cfy-case-"));
  private readonly blueprints = new Set<string>();
  /** What the scenario makes is named after it, so that several can run on one server. */
  private readonly unique: string;

  constructor(
    private readonly engineCase: EngineCase,
    private readonly rest: Rest,
    private readonly names: Names,
    private readonly observer: Observer,
  ) {
    this.unique = `c${engineCase.name.replace(/[^\w-]/g, "-")}`;
    this.names.add(this.scratch, "$TMPDIR");
    // Ids that a scenario makes up stay as they are.
    const asked = JSON.stringify(engineCase.steps.map(({ expect: _, ...step }) => step));
    for (const [id] of asked.matchAll(/[\w-]+_[a-z0-9]{6}\b/g)) this.names.add(id, id);
  }

  /** Removes what was written beside the server. */
  remove(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }

  async act(step: Step): Promise<Outcome | undefined> {
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

  private async createDeployment(step: Step): Promise<Outcome | undefined> {
    const blueprintId = await this.upload(step.blueprint ?? this.engineCase.blueprint);
    const id = this.name(step.as);
    this.names.add(id, step.as ?? "D1");
    const inputs = { ...this.engineCase.inputs, ...step.inputs };
    const request = { blueprint_id: blueprintId, inputs: this.fill(inputs) };
    const answer = await this.rest.put(`deployments/${id}`, request, { async_create: "true" });
    if (answer.status >= 300) return { refusal: answer };
    await untilFinal(this.rest, await this.createExecution(step.as ?? "D1"));
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

  private async start(step: Step): Promise<Outcome> {
    const answer = await this.rest.post("executions", {
      deployment_id: this.names.realId(step.deployment ?? "D1"),
      workflow_id: step.workflow,
      parameters: this.fill(step.parameters ?? {}),
      ...step.flags,
    });
    if (answer.status >= 300) return { refusal: answer };
    this.names.add(String(answer.body.id), step.execution ?? "");
    if (step.wait !== false) await untilFinal(this.rest, String(answer.body.id));
    return { answer: answer.body };
  }

  private async control(step: Step): Promise<Outcome> {
    const id = this.names.realId(step.of ?? "");
    if (step.when) await untilEvent(this.rest, id, step.when);
    const answer = await this.rest.post(`executions/${id}`, { action: step.do });
    if (answer.status >= 300) return { refusal: answer };
    if (step.wait !== false) await untilFinal(this.rest, id);
    return { answer: answer.body };
  }

  private async wait(step: Step): Promise<void> {
    const id = this.names.realId(step.of ?? "");
    if (step.when) await untilEvent(this.rest, id, step.when);
    else await untilFinal(this.rest, id);
  }

  private async update(step: Step): Promise<Outcome> {
    const blueprint = step.blueprint ? { blueprint_id: await this.upload(step.blueprint) } : {};
    const answer = await this.rest.post(`deployment-updates/${this.names.realId("D1")}/update/initiate`, {
      ...blueprint,
      ...(step.inputs ? { inputs: this.fill(step.inputs) } : {}),
      ...step.flags,
    });
    if (answer.status >= 300) return { refusal: answer };
    this.names.add(String(answer.body.execution_id), step.execution ?? "");
    await untilFinal(this.rest, String(answer.body.execution_id));
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
      await untilFinal(this.rest, id);
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
    const query = { deployment_id: deployment, workflow_id: step.workflow };
    const started = async () => (await this.rest.need(this.rest.get("executions", query))).items?.[0]?.id;
    const id = String(await until(`the start by ${step.id}`, started, (step.timeout ?? 130) * 1000));
    this.names.add(id, step.execution ?? "");
    await untilFinal(this.rest, id);
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
    for (const id of answer.execution_ids as string[]) await untilFinal(this.rest, id);
  }

  private async deleteDeployment(): Promise<Outcome | undefined> {
    const id = this.names.realId("D1");
    const answer = await this.rest.delete(`deployments/${id}`);
    if (answer.status >= 300) return { refusal: answer };
    await untilGone(this.rest, `deployments/${id}`);
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

  /** The execution that has made a deployment. */
  async createExecution(deployment: string): Promise<string> {
    const answer = await this.rest.need(
      this.rest.get("executions", {
        deployment_id: this.names.realId(deployment),
        workflow_id: "create_deployment_environment",
      }),
    );
    return String(answer.items?.[0]?.id);
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
