import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { JsonObject } from "../../../src/api/resources.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { ContextProxy } from "../../../src/worker/ctx/proxy.ts";
import type { InstanceView, OperationHost, OperationJob } from "../../../src/worker/operations/job.ts";
import { applyChange, overtakenKeys, PropertiesOvertaken } from "../../../src/worker/operations/properties-change.ts";
import { runOperation } from "../../../src/worker/operations/run-operation.ts";
import { ScriptCopies } from "../../../src/worker/operations/script-copies.ts";
import { frameworkDirectory, installCtxCommand } from "../../../src/worker/processes/framework.ts";
import { findPython } from "../../../src/worker/processes/python.ts";
import { Spawner } from "../../../src/worker/processes/spawner.ts";

/** Runs real operations in a directory of its own; what they say and store is kept for the test. */
export class OperationHarness {
  readonly logs: string[] = [];
  readonly events: string[] = [];
  readonly stored: Record<string, JsonObject> = {};
  readonly kill = new AbortController();
  readonly directory: string;
  readonly #proxy: ContextProxy;
  readonly #spawner: Spawner;
  readonly #scripts: ScriptCopies;
  #said: () => void = () => {};

  private constructor(directory: string, proxy: ContextProxy, spawner: Spawner) {
    this.directory = directory;
    this.#proxy = proxy;
    this.#spawner = spawner;
    this.#scripts = new ScriptCopies(join(directory, "scripts"));
  }

  static async make(): Promise<OperationHarness> {
    const directory = await mkdtemp(join(tmpdir(), "cfy-operation-"));
    const proxy = new ContextProxy();
    await proxy.listen();
    const python = await findPython();
    await installCtxCommand(frameworkDirectory(), python, join(directory, "bin"));
    for (const name of ["blueprint", "work", "tmp"]) await mkdir(join(directory, name));
    const spawner = new Spawner({ python: async () => python, framework: frameworkDirectory(), env: process.env });
    return new OperationHarness(directory, proxy, spawner);
  }

  async remove(): Promise<void> {
    this.#proxy.close();
    await this.#spawner.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  async file(path: string, text: string): Promise<string> {
    const target = join(this.directory, "blueprint", path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    return target;
  }

  /** The process groups of all that was run. */
  get groups(): number[] {
    const lines = readFileSync(join(this.directory, "record.jsonl"), "utf8").split("\n").filter(Boolean);
    return lines.map((line) => (JSON.parse(line) as { group: { id: number } }).group.id);
  }

  /** Resolves when a log line holds the text. */
  async logged(text: string): Promise<void> {
    while (!this.logs.some((line) => line.includes(text)))
      await new Promise<void>((resolve) => {
        this.#said = resolve;
      });
  }

  get host(): OperationHost {
    return {
      log: (level, message) => {
        this.logs.push(`${level} ${message}`);
        this.#said();
      },
      event: (message) => void this.events.push(message),
      saveRuntimeProperties: async (id, change) => {
        const now = { runtimeProperties: this.stored[id] ?? change.was, version: change.version + 1 };
        const overtaken = overtakenKeys(now, change);
        if (overtaken.length > 0) throw new PropertiesOvertaken(id, overtaken);
        const runtimeProperties = applyChange(now.runtimeProperties, change);
        this.stored[id] = runtimeProperties;
        return { runtimeProperties, version: change.version + 1 };
      },
      readRuntimeProperties: async (id) => ({ runtimeProperties: this.stored[id] ?? {}, version: 1 }),
      restAccess: async () => ({ port: 1, token: "t" }),
      findResource: async (path) => join(this.directory, "blueprint", path),
    };
  }

  run(inputs: JsonObject, change: Partial<OperationJob> = {}, env: NodeJS.ProcessEnv = process.env) {
    const runtime = {
      clock: systemClock,
      proxy: this.#proxy,
      framework: frameworkDirectory(),
      commands: join(this.directory, "bin"),
      workDirectory: join(this.directory, "work"),
      temporary: join(this.directory, "tmp"),
      scripts: this.#scripts,
      importPaths: [join(this.directory, "blueprint")],
      serverSocket: join(this.directory, "server.sock"),
      env,
      killed: this.kill.signal,
      spawner: this.#spawner,
      pythonSpawner: this.#spawner,
      record: join(this.directory, "record.jsonl"),
    };
    return runOperation(aJob({ inputs, ...change }), this.host, runtime);
  }

  /** The script's own lines: what the log says apart from the plugin. */
  get said(): string[] {
    return this.logs.map((line) => line.replace(/^\w+ /, "")).filter((line) => /^<(out|err)>/.test(line));
  }
}

export function anInstance(id: string, runtimeProperties: JsonObject = {}): InstanceView {
  const [node = id] = id.split("_");
  return {
    node: {
      id: node,
      type: "app.Node",
      typeHierarchy: ["cloudify.nodes.Root", "app.Node"],
      properties: { port: 80, tags: ["a", "b"] },
      numberOfInstances: 1,
    },
    instance: {
      id,
      index: 1,
      hostId: null,
      hostIp: null,
      runtimeProperties,
      systemProperties: {},
      scalingGroups: [],
      relationships: [],
      version: 1,
    },
  };
}

const aJob = (change: Partial<OperationJob> = {}): OperationJob => ({
  taskId: "t1",
  executionId: "e1",
  workflowId: "install",
  workflowParameters: {},
  tenant: "default_tenant",
  createdBy: "admin",
  deployment: { id: "d1", displayName: "d1", resourceTags: {} },
  blueprintId: "b1",
  operation: { name: "cloudify.interfaces.lifecycle.create", retryNumber: 0, maxRetries: 3 },
  functionPath: "script_runner.tasks.run",
  plugin: { name: "script", packageName: null, packageVersion: null, properties: {} },
  inputs: {},
  subject: { kind: "node-instance", ...anInstance("web_1") },
  timeout: null,
  timeoutRecoverable: false,
  resume: false,
  ...change,
});
