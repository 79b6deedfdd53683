import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { JsonObject } from "../../../src/api/resources.ts";
import { isFinal } from "../../../src/api/statuses.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { serverHome } from "../../../src/lib/server-home.ts";
import { actOnExecution } from "../../../src/services/executions/act.ts";
import { insertExecution } from "../../../src/services/executions/insert.ts";
import { updateNodeInstance } from "../../../src/services/node-instances/update.ts";
import { busPath, type Database, hostChanges, openDatabase, type SharedChanges } from "../../../src/storage/index.ts";
import { openConnection } from "../../../src/storage/sqlite.ts";
import { runWorker } from "../../../src/worker/index.ts";
import { ADMIN } from "../services/world.ts";

export const OWNED = { tenant_name: "default_tenant", visibility: "tenant" as const, created_by: "admin" };
const LIFECYCLE = "cloudify.interfaces.lifecycle";

const builtIn = (name: string) => ({
  plugin: "default_workflows",
  operation: `cloudify.plugins.workflows.${name}`,
  parameters: {},
});

export interface NodeSketch {
  /** Lifecycle operation to the script of the blueprint that implements it. */
  lifecycle?: Record<string, string>;
  target?: string;
  inputs?: JsonObject;
  maxRetries?: number;
}

/** A home with a deployment in it, and workers that run its executions. */
export class WorkerHarness {
  readonly root: string;
  readonly database: Database;
  readonly #changes: SharedChanges;
  readonly #stops: (() => Promise<void>)[] = [];

  private constructor(root: string, database: Database, changes: SharedChanges) {
    this.root = root;
    this.database = database;
    this.#changes = changes;
  }

  static async make(): Promise<WorkerHarness> {
    const root = join(await mkdtemp(join(tmpdir(), "cfy-worker-")), ".cloudify");
    const home = serverHome(root);
    await mkdir(home.directory, { recursive: true, mode: 0o700 });
    const changes = await hostChanges(busPath(home.socket));
    const database = openDatabase(home.database, changes);
    await database.unitOfWork(async (tx) => {
      if (!(await tx.tenants.get("default_tenant")))
        await tx.tenants.insert({ name: "default_tenant", created_at: tx.now() });
    });
    return new WorkerHarness(root, database, changes);
  }

  /** A worker in this process. */
  startWorker(): { stop(): Promise<void> } {
    const ending = new AbortController();
    const running = runWorker({ root: this.root, env: process.env, clock: systemClock }, ending.signal);
    const stop = async () => {
      ending.abort();
      await running;
    };
    this.#stops.push(stop);
    return { stop };
  }

  /** A worker in a process of its own, as the built program. */
  spawnWorker(): ChildProcess {
    const env = { ...process.env, CFY_WORKDIR: dirname(this.root) };
    const child = spawn(process.execPath, ["bin/cfy.js", "worker"], { env, stdio: "ignore", detached: true });
    this.#stops.push(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    });
    return child;
  }

  async remove(): Promise<void> {
    for (const stop of this.#stops) await stop();
    await this.#changes.close();
    await this.database.close();
    await rm(dirname(this.root), { recursive: true, force: true });
  }

  /** Past all rules, to make the database do what it does not do by itself. */
  sql(text: string): void {
    const connection = openConnection(serverHome(this.root).database);
    connection.exec(text);
    connection.close();
  }

  async file(path: string, text: string): Promise<void> {
    const target = join(serverHome(this.root).files, "blueprints", "default_tenant", "bp", path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  /** A deployment of one instance per node, with the built-in workflows and these of its own. */
  async deployment(nodes: Record<string, NodeSketch>, workflows: JsonObject = {}): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const created_at = tx.now();
      await tx.blueprints.insert({ ...OWNED, created_at, id: "bp", state: "uploaded" });
      await tx.deployments.insert({
        ...OWNED,
        created_at,
        id: "d1",
        display_name: "d1",
        blueprint_tenant_name: "default_tenant",
        blueprint_id: "bp",
        workflows: { install: builtIn("install"), uninstall: builtIn("uninstall"), ...workflows },
      });
      await tx.nodes.insertMany(Object.entries(nodes).map(([id, sketch]) => nodeRow(id, sketch)));
      await tx.nodeInstances.insertMany(Object.entries(nodes).map(([id, sketch]) => instanceRow(id, sketch)));
    });
  }

  async start(workflowId: string, change: { parameters?: JsonObject; dryRun?: boolean } = {}): Promise<string> {
    const id = randomUUID();
    const deployment = { id: "d1", blueprint_id: "bp" };
    const { parameters = {}, dryRun = false } = change;
    await this.database.unitOfWork((tx) =>
      insertExecution(tx, ADMIN, { id, workflowId, deployment, status: "pending", parameters, dryRun }),
    );
    return id;
  }

  act(id: string, action: "cancel" | "force-cancel" | "kill" | "resume" | "force-resume") {
    return this.database.unitOfWork((tx) => actOnExecution(tx, ADMIN, id, action));
  }

  /** Waits until the execution is final; returns its status and error. */
  async ended(id: string) {
    await this.#until(id, async () => isFinal((await this.database.read.executions.get(id))?.status ?? ""));
    const { status, error } = (await this.database.read.executions.get(id)) ?? {};
    return { status, error };
  }

  /** Waits until a message of the execution holds the text. */
  said(id: string, text: string): Promise<void> {
    return this.#until(id, async () => (await this.messages(id)).some((message) => message.includes(text)));
  }

  /** The same, of one node instance. */
  saidBy(id: string, instance: string, text: string): Promise<void> {
    return this.#until(id, async () =>
      (await this.#events(id)).some((event) => event.node_instance_id === instance && event.message?.includes(text)),
    );
  }

  /** Makes the file that waiting scripts wait for. */
  flag(): Promise<void> {
    return writeFile(join(this.root, "flag"), "");
  }

  async messages(id: string): Promise<string[]> {
    return (await this.#events(id)).map(({ message }) => message ?? "");
  }

  async #events(id: string) {
    const sort = [{ field: "reported_timestamp", descending: false }];
    return (await this.database.read.events.list({ tenant: "default_tenant", equal: { execution_id: [id] }, sort }))
      .items;
  }

  async instance(id: string) {
    const row = await this.database.read.nodeInstances.get("default_tenant", id);
    return { state: row?.state, runtime_properties: row?.runtime_properties };
  }

  async systemProperties(id: string): Promise<JsonObject | undefined> {
    return (await this.database.read.nodeInstances.get("default_tenant", id))?.system_properties;
  }

  /** As a check would have left it. */
  async drifted(id: string): Promise<void> {
    const system_properties = { configuration_drift: { ok: true, result: "size", task: null } };
    await this.database.unitOfWork(async (tx) => {
      await updateNodeInstance(tx, "default_tenant", id, "any", { system_properties });
    });
  }

  /** Waits until the deployment is gone, and its executions with it. */
  gone(deploymentId: string, executionId: string): Promise<void> {
    return this.#until(
      executionId,
      async () => (await this.database.read.deployments.get("default_tenant", deploymentId)) === undefined,
    );
  }

  async #until(id: string, holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) {
      const change = this.database.changes.wait([`execution:${id}`], AbortSignal.timeout(30_000));
      if (await holds()) return void change.catch(() => undefined);
      await change;
    }
  }
}

function nodeRow(id: string, { lifecycle = {}, target, inputs = {}, maxRetries = 0 }: NodeSketch) {
  const operations = Object.fromEntries(
    Object.entries(lifecycle).map(([name, script]) => [
      `${LIFECYCLE}.${name}`,
      {
        plugin: "script",
        operation: "script_runner.tasks.run",
        executor: "central_deployment_agent",
        inputs: { script_path: script, ...inputs },
        has_intrinsic_functions: false,
        max_retries: maxRetries,
        retry_interval: 0,
        timeout: null,
        timeout_recoverable: null,
      },
    ]),
  );
  const relationship = {
    type: "cloudify.relationships.depends_on",
    type_hierarchy: ["cloudify.relationships.depends_on"],
    target_id: target ?? "",
    properties: { connection_type: "all_to_all" },
    source_operations: {},
    target_operations: {},
  };
  return {
    ...OWNED,
    deployment_id: "d1",
    id,
    type: "cloudify.nodes.Root",
    type_hierarchy: ["cloudify.nodes.Root"],
    properties: {},
    operations,
    plugins: [],
    plugins_to_install: [],
    relationships: target === undefined ? [] : [relationship],
    number_of_instances: 1,
    planned_number_of_instances: 1,
    deploy_number_of_instances: 1,
    min_number_of_instances: 0,
    max_number_of_instances: -1,
  };
}

const instanceRow = (id: string, { target }: NodeSketch) => ({
  ...OWNED,
  deployment_id: "d1",
  node_id: id,
  id: `${id}_1`,
  index: 1,
  relationships:
    target === undefined
      ? []
      : [{ type: "cloudify.relationships.depends_on", target_name: target, target_id: `${target}_1` }],
  runtime_properties: {},
  system_properties: {},
  scaling_groups: [],
  state: "uninitialized" as const,
  version: 1,
  is_status_check_ok: false,
});
