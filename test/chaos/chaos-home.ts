import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Event, Execution } from "../../src/api/resources.ts";
import { FreshHome, type Ran, type Running } from "../acceptance/fresh-home.ts";
import { ask } from "../helpers/ask.ts";

export type Role = "server" | "worker";

/** One step of an install: a node whose creation writes to the journal. */
export interface Step {
  /** Depends on this step. */
  after?: string;
  /** Stays in the middle of its work until `release`. */
  held?: boolean;
}

/** Tells the journal where it is. What it does is done when the last line is written. One that is held ends with its home. */
const SCRIPT = `#!/bin/bash
echo "begins $step" >> "$journal"
echo "at $step"
if [ "$held" = yes ]; then until [ -e "$flag" ]; do [ -e "$journal" ] || exit 1; sleep 0.05; done; fi
sleep "$pause"
echo "ends $step" >> "$journal"
`;

/** A home whose processes are killed, and which tells what came of it. */
export class ChaosHome extends FreshHome {
  /** Uploads a blueprint of these steps, each taking so many seconds, and creates the deployment `app`. */
  async deploy(steps: Record<string, Step>, { pause = 0 } = {}): Promise<void> {
    const folder = join(this.path, "blueprint");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "step.sh"), SCRIPT, { mode: 0o755 });
    writeFileSync(join(folder, "blueprint.yaml"), this.#blueprint(steps, pause));
    await this.succeeds(["blueprints", "upload", folder, "-b", "app"]);
    await this.createDeployment("app");
  }

  /** One more deployment of the uploaded blueprint, with a journal of its own. */
  async createDeployment(id: string): Promise<void> {
    await this.succeeds(["deployments", "create", id, "-b", "app", "-i", `journal=${this.#journalOf(id)}`]);
  }

  async succeeds(args: string | string[], env: Record<string, string> = {}): Promise<Ran> {
    const ran = await this.cfy(args, { env });
    if (ran.code !== 0) throw new Error(`cfy ${args} ended with ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
    return ran;
  }

  /** What the steps of a deployment wrote, in order. */
  journal(deploymentId = "app"): string[] {
    const path = this.#journalOf(deploymentId);
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  }

  /** Lets the held steps go on. */
  release(): void {
    writeFileSync(join(this.path, "flag"), "");
  }

  /** The process that runs in this role now, by the server's own log. */
  pid(role: Role): number {
    const pids = this.started(role);
    const pid = pids.at(-1);
    if (pid === undefined) throw new Error(`No ${role} has run here`);
    return pid;
  }

  /** Waits until another process than this one runs in the role; without one, until any does. */
  async starts(role: Role, earlier?: number): Promise<void> {
    const changes = watch(this.server());
    while (this.started(role).at(-1) === earlier) await once(changes, "change");
    changes.close();
  }

  signal(role: Role, signal: NodeJS.Signals): void {
    process.kill(this.pid(role), signal);
  }

  /** Kills the process in this role, unless it has just died anyway. */
  kill(role: Role): void {
    killQuietly(this.pid(role));
  }

  /** What the API answers, asked past any command. */
  async get<Answer>(path: string): Promise<Answer> {
    const answer = await ask({ socketPath: this.server("server.sock") }, `/api/v3.1/${path}`);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as Answer;
  }

  async executions(workflow: string, deploymentId = "app"): Promise<Execution[]> {
    const query = `executions?workflow_id=${workflow}&deployment_id=${deploymentId}`;
    return (await this.get<{ items: Execution[] }>(query)).items;
  }

  async events(executionId: string): Promise<Event[]> {
    const query = `events?execution_id=${executionId}&type=cloudify_event&type=cloudify_log&_sort=reported_timestamp&_size=10000`;
    return (await this.get<{ items: Event[] }>(query)).items;
  }

  /** Ends whatever was ever started here. */
  override async remove(): Promise<void> {
    for (const role of ["server", "worker"] as const) for (const pid of this.started(role)) killQuietly(pid);
    rmSync(this.path, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Every process that has run in this role. */
  started(role: Role): number[] {
    const log = existsSync(this.server("server.log")) ? readFileSync(this.server("server.log"), "utf8") : "";
    const said = role === "server" ? /server (\d+) answers/g : /worker (\d+) (?:started|of an earlier server)/g;
    return [...log.matchAll(said)].map(([, pid]) => Number(pid));
  }

  #journalOf(deploymentId: string): string {
    return join(this.path, `${deploymentId}.journal`);
  }

  #blueprint(steps: Record<string, Step>, pause: number): string {
    const nodes = Object.entries(steps).map(([step, { after, held = false }]) => {
      const inputs = {
        step,
        held: held ? "yes" : "no",
        pause,
        journal: { get_input: "journal" },
        flag: join(this.path, "flag"),
      };
      return `  ${step}:
    type: cloudify.nodes.Root
    interfaces: {cloudify.interfaces.lifecycle: {create: {implementation: step.sh, max_retries: 0, inputs: ${JSON.stringify(inputs)}}}}
    relationships: [${after ? `{type: cloudify.relationships.depends_on, target: ${after}}` : ""}]`;
    });
    return `tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
inputs: {journal: {}}
node_templates:
${nodes.join("\n")}
`;
  }
}

/** Every stored event stands in the output of a follow with `--json-output`, each once. */
export async function expectAllEventsOnce(home: ChaosHome, follow: Running, deploymentId = "app"): Promise<Execution> {
  const shown = follow.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Event);
  const [execution] = await home.executions("install", deploymentId);
  if (!execution) throw new Error("There is no execution of install");
  const identity = ({ type, _storage_id, message }: Event) =>
    `${type} ${_storage_id} ${typeof message === "string" ? message : (message as { text: string }).text}`;
  const stored = await home.events(execution.id);
  expect(shown.map(identity).sort()).toEqual(stored.map(identity).sort());
  return execution;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
