import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Execution } from "../../src/api/resources.ts";
import type { FreshHome, Ran, Running, RunOptions } from "./fresh-home.ts";

const BLUEPRINT = "test/acceptance/blueprints/trials/blueprint.yaml";

/** A deployment whose workflows wait for a word, or go wrong. */
export class Trials {
  readonly gate: string;

  private constructor(
    readonly home: FreshHome,
    readonly id: string,
  ) {
    this.gate = join(home.path, `${id}.gate`);
  }

  static async install(home: FreshHome, id = "trials"): Promise<Trials> {
    const { code, stderr } = await home.cfy(["install", BLUEPRINT, "-b", id, "-d", id]);
    if (code !== 0) throw new Error(stderr);
    return new Trials(home, id);
  }

  run(workflow: string, ...more: string[]): Promise<Ran> {
    return this.home.cfy(this.#words(workflow, more));
  }

  start(workflow: string, more: string[] = [], options: RunOptions = {}): Running {
    return this.home.start(this.#words(workflow, more), options);
  }

  operation(name: string, kwargs: object, ...more: string[]): Promise<Ran> {
    const parameters = { operation: `trials.${name}`, operation_kwargs: kwargs, allow_kwargs_override: true };
    return this.run("execute_operation", "-p", JSON.stringify(parameters), ...more);
  }

  /** Starts a workflow that ends when the gate opens, and waits until it is there. */
  async startWaiting(...more: string[]): Promise<Execution> {
    this.close();
    const watch = this.start("wait_for_gate", ["-p", `gate=${this.gate}`, "--json-output", "--timeout", "60", ...more]);
    await watch.until("waiting for the gate");
    watch.process.kill("SIGTERM");
    await watch.ended;
    const execution = (await this.executions("wait_for_gate")).at(-1);
    if (!execution) throw new Error("no execution waits at the gate");
    return execution;
  }

  /** Those of this deployment, oldest first. */
  async executions(workflow?: string): Promise<Execution[]> {
    const all = await this.home.json<Execution[]>(["executions", "list", "-d", this.id]);
    return all.filter(({ workflow_id }) => workflow === undefined || workflow_id === workflow);
  }

  open(): void {
    writeFileSync(this.gate, "");
  }

  close(): void {
    if (existsSync(this.gate)) rmSync(this.gate);
  }

  #words(workflow: string, more: string[]): string[] {
    return ["executions", "start", workflow, "-d", this.id, ...more];
  }
}
