import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pLimit from "p-limit";
import type { Execution } from "../../src/api/resources.ts";
import { isFinal } from "../../src/api/statuses.ts";
import { type Client, createClient } from "../../src/client/index.ts";
import { FreshHome } from "../acceptance/fresh-home.ts";
import { median, perSecond, row, seconds } from "./figures.ts";

const INSTANCES = [100, 1_000, 10_000];
const SCRIPTS = 1_000;
const PYTHON_OPERATIONS = 300;
/** Operations that a worker runs side by side. */
const SIDE_BY_SIDE = 20;
const WORKFLOW_RUNS = 5;
const PYTHON = `from cloudify.decorators import operation, workflow
@operation
def step(**kwargs):
    pass
@workflow
def nothing(**kwargs):
    pass
`;
const PLUGINS = "plugins: {local: {executor: central_deployment_agent, install: false}}\n";

/** The whole way through a server and a worker of their own. */
export async function measureEngine(): Promise<void> {
  const bench = new Bench();
  try {
    await bench.measure();
  } finally {
    await bench.home.remove();
  }
}

class Bench {
  readonly home = new FreshHome();
  readonly #client: Client = createClient({
    endpoint: { protocol: "http", host: "localhost", port: 0, socketPath: this.home.server("server.sock") },
    authentication: { kind: "none" },
  });

  async measure(): Promise<void> {
    row("200 nodes, no operations: install", seconds(await this.install("nodes", templates(200))));
    for (const size of INSTANCES) {
      const took = await this.install(`i${size}`, scaled(size));
      row(`${size} instances: install`, seconds(took), `${(took / size).toFixed(2)} ms each`);
      this.memory();
    }
    await this.scripts();
    await this.workflows();
    await this.events();
    await this.requests();
    this.memory();
  }

  /** The share that is not the scripts' own processes: these are run by themselves, too, as many side by side. */
  async scripts(): Promise<void> {
    await this.deploy("scripts", scaled(SCRIPTS, "step.sh"));
    const before = this.processorTime();
    const took = await this.run("scripts", "install");
    const each = ((this.processorTime() - before) / SCRIPTS).toFixed(1);
    const limit = pLimit(SIDE_BY_SIDE);
    const script = join(this.home.path, "scripts", "step.sh");
    const began = performance.now();
    await Promise.all(
      Array.from({ length: SCRIPTS }, () => limit(() => once(spawn("/bin/sh", ["-c", script]), "close"))),
    );
    const own = performance.now() - began;
    const share = `${Math.round(100 * (1 - own / took))} % ours`;
    row(`${SCRIPTS} script operations`, seconds(took), perSecond(SCRIPTS, took), share, `${each} ms CPU each`);
    const python = await this.install("functions", scaled(PYTHON_OPERATIONS, "local.flows.step"));
    row(`${PYTHON_OPERATIONS} Python operations`, seconds(python), perSecond(PYTHON_OPERATIONS, python));
  }

  async workflows(): Promise<void> {
    await this.deploy("python", `${templates(1)}workflows: {nothing: local.flows.nothing}\n`);
    const times: number[] = [];
    for (let run = 0; run < WORKFLOW_RUNS; run++) times.push(await this.run("python", "nothing"));
    row("a Python workflow that does nothing", seconds(median(times)));
  }

  async events(): Promise<void> {
    const { items } = await this.#client.executions.page({ deployment_id: "python", _size: 1 });
    const event = { event_type: "workflow_event", message: { text: "something happened" }, context: {} };
    const json = { execution_id: items[0]?.id, events: Array.from({ length: 50 }, () => event), logs: [] };
    const batches = 200;
    const limit = pLimit(8);
    const began = performance.now();
    await Promise.all(Array.from({ length: batches }, () => limit(() => this.#client.rest.post("events", { json }))));
    row("events stored, 50 at a time", perSecond(50 * batches, performance.now() - began));
  }

  async requests(): Promise<void> {
    const limit = pLimit(8);
    const count = 1_000;
    const began = performance.now();
    await Promise.all(Array.from({ length: count }, () => limit(() => this.#client.executions.page({ _size: 20 }))));
    row("GET executions", perSecond(count, performance.now() - began));
  }

  /** Uploads and creates in the way of a user, then installs; the milliseconds of the execution alone. */
  async install(name: string, blueprint: string): Promise<number> {
    await this.deploy(name, blueprint);
    return this.run(name, "install");
  }

  async deploy(name: string, blueprint: string): Promise<void> {
    const folder = join(this.home.path, name);
    mkdirSync(folder);
    const header = `tosca_definitions_version: cloudify_dsl_1_5\nimports: [cloudify/types/types.yaml]\n${PLUGINS}`;
    writeFileSync(join(folder, "blueprint.yaml"), header + blueprint);
    writeFileSync(join(folder, "step.sh"), "#!/bin/sh\n:\n", { mode: 0o755 });
    writeFileSync(join(folder, "flows.py"), PYTHON);
    for (const line of [`blueprints upload ${folder} -b ${name}`, `deployments create ${name} -b ${name}`]) {
      const { code, stderr } = await this.home.cfy(line);
      if (code !== 0) throw new Error(`cfy ${line} ended with ${code}: ${stderr}`);
    }
  }

  async run(deployment: string, workflow: string): Promise<number> {
    let execution: Execution = await this.#client.executions.start({
      deployment_id: deployment,
      workflow_id: workflow,
    });
    while (!isFinal(execution.status)) {
      execution = (await this.#client.executions.poll(execution.id, {}, { wait: 25 })).value;
    }
    if (execution.status !== "terminated") throw new Error(`${workflow} of ${deployment}: ${execution.error}`);
    return Date.parse(execution.ended_at ?? "") - Date.parse(execution.created_at);
  }

  memory(): void {
    const of = (role: "server" | "worker") => `${role} ${memoryOf(this.pid(role))}`;
    row("  memory now, and at most", of("server"), of("worker"));
  }

  /** What server, worker and the worker's helper have used so far, in milliseconds. */
  processorTime(): number {
    const worker = this.pid("worker");
    const helpers = readFileSync(`/proc/${worker}/task/${worker}/children`, "utf8").split(" ").filter(Boolean);
    return [this.pid("server"), worker, ...helpers].reduce((sum, pid) => sum + processorTimeOf(pid), 0);
  }

  pid(role: "server" | "worker"): string {
    const log = readFileSync(this.home.server("server.log"), "utf8");
    const pid = new RegExp(`${role} (\\d+) (?:answers|started)`).exec(log)?.[1];
    if (pid === undefined) throw new Error(`The log does not say which process is the ${role}`);
    return pid;
  }
}

const MILLISECONDS_PER_TICK = 10;

function processorTimeOf(pid: string): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return MILLISECONDS_PER_TICK * (Number(fields[11]) + Number(fields[12]));
}

function memoryOf(pid: string): string {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return `${megabytes("VmRSS")}/${megabytes("VmHWM")} MB`;
}

const templates = (count: number): string =>
  `node_templates:\n${Array.from({ length: count }, (_, at) => `  n${at}: {type: cloudify.nodes.Root}\n`).join("")}`;

function scaled(instances: number, script?: string): string {
  const create = script ? `\n    interfaces: {cloudify.interfaces.lifecycle: {create: ${script}}}` : "";
  return `node_templates:
  n:
    type: cloudify.nodes.Root${create}
    capabilities: {scalable: {properties: {default_instances: ${instances}}}}
`;
}
