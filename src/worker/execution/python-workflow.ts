import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Task, Verdict } from "../../workflow/index.ts";
import { downloadResource } from "../ctx/download-resource.ts";
import type { LogLevel } from "../operations/job.ts";
import { followPrints, outcomeOf } from "../operations/python-operation.ts";
import { fetchScript } from "../operations/script-file.ts";
import type { PluginEnvironment } from "../plugins/current-environment.ts";
import { type Message, MessageChannel } from "../processes/message-channel.ts";
import { endGroup, type ProcessGroup } from "../processes/process-group.ts";
import { pythonEnvironment } from "../processes/python.ts";
import type { StopRequest } from "./control.ts";
import { readDeployment } from "./deployment-view.ts";
import { cancelled, type ExecutionEnd, failedBecause, terminated } from "./execution-end.ts";
import { importPaths } from "./import-paths.ts";
import { ProcessTasks } from "./process-tasks.ts";
import { answerEngineCall } from "./python-engine-calls.ts";
import { pythonWorkflowJob } from "./python-workflow-job.ts";
import { resourceFinder } from "./resource-finder.ts";
import type { WorkflowParts } from "./workflow.ts";

/**
 * Runs a workflow function of the blueprint or a plugin in a Python process. The process describes tasks and waits for
 * them; the engine here runs them.
 */
export class PythonWorkflow {
  readonly #parts: WorkflowParts;
  readonly #functionPath: string;
  readonly #isScript: boolean;
  readonly #plugin: PluginEnvironment | null;
  #channel: MessageChannel | null = null;
  #tasks: ProcessTasks | null = null;
  #end: ExecutionEnd | null = null;
  #begun: Promise<void> | null = null;

  constructor(
    parts: WorkflowParts,
    functionPath: string,
    { isScript, plugin }: { isScript: boolean; plugin: PluginEnvironment | null },
  ) {
    this.#parts = parts;
    this.#functionPath = functionPath;
    this.#isScript = isScript;
    this.#plugin = plugin;
  }

  async run(): Promise<ExecutionEnd> {
    const { control, surroundings } = this.#parts;
    // Before the process is there: one that gets no job would wait for ever.
    const job = await this.#job();
    const group = await this.#start();
    const channel = new MessageChannel(group.channel, (message) => this.#receive(message));
    this.#channel = channel;
    const tasks = new ProcessTasks(this.#parts, channel);
    this.#tasks = tasks;
    const log = (level: LogLevel, text: string) => this.#log(level, text);
    followPrints(group, { log });
    channel.send(job);
    const unfollow = control.follow((request) => this.#stop(request, group));
    try {
      const { code, signal } = await Promise.race([group.exited, tasks.broken]);
      await channel.closed;
      await this.#begun;
      return (
        this.#end ?? failedBecause(`The workflow's process ended without a word (${signal ?? `exit code ${code}`})`)
      );
    } finally {
      unfollow();
      tasks.cancel();
      await endGroup(group.pid, surroundings.clock);
    }
  }

  async #start(): Promise<ProcessGroup> {
    const { surroundings } = this.#parts;
    const { workDirectory, temporary, blueprint } = this.#places;
    await mkdir(workDirectory, { recursive: true, mode: 0o700 });
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    const paths = await importPaths([workDirectory, blueprint, join(blueprint, "plugins")]);
    const env = pythonEnvironment({ ...surroundings, temporary, importPaths: paths });
    return surroundings.spawners.of(this.#plugin?.python ?? null).runPython({ cwd: workDirectory, env });
  }

  async #job(): Promise<object> {
    const { execution } = this.#parts;
    const { parameters } = execution;
    const { script_path } = parameters;
    if (!this.#isScript)
      return pythonWorkflowJob(this.#parts, { kind: "function", path: this.#functionPath }, parameters);
    this.#begun = this.#parts.begins();
    await this.#begun;
    const host = {
      log: (level: LogLevel, text: string) => this.#log(level, text),
      findResource: (path: string) => this.#resource(path),
    };
    const script = await fetchScript({ path: script_path, source: undefined }, host, this.#parts.tasks.scripts);
    return pythonWorkflowJob(this.#parts, { kind: "script", path: script.path }, parameters);
  }

  get #places() {
    const { execution, surroundings } = this.#parts;
    const [tenant, deployment] = [execution.tenant_name, execution.deployment_id ?? ""];
    return {
      workDirectory: surroundings.home.deployment(tenant, deployment),
      temporary: surroundings.home.temporary(tenant, deployment),
      blueprint: surroundings.home.blueprint(tenant, execution.blueprint_id ?? ""),
    };
  }

  #resource(path: string): Promise<string> {
    const { surroundings, execution } = this.#parts;
    return resourceFinder(surroundings, execution, execution.blueprint_id ?? "")(path);
  }

  /** A cancel is the workflow's to notice; what is firmer ends its process. */
  #stop(request: StopRequest, group: ProcessGroup): void {
    this.#channel?.send({ cancel: request });
    this.#tasks?.cancel();
    if (request !== "cancelling") void endGroup(group.pid, this.#parts.surroundings.clock);
  }

  #receive(message: Message): void {
    if (message["log"] !== undefined) this.#log(message["level"] as LogLevel, String(message["log"]), message);
    else if (message["running"] === true) this.#begin();
    else if (message["start"] !== undefined) this.#tasks?.start(message["start"]);
    else if (message["verdict"] !== undefined)
      this.#tasks?.decided(String(message["task"]), message["verdict"] as unknown as Verdict);
    else if (message["local-ended"] !== undefined)
      this.#tasks?.localEnded(String(message["local-ended"]), outcomeOf(message["end"] as Message));
    else if (message["end"] !== undefined) this.#ended(message["end"] as Message);
    else if (message["call"] !== undefined) void this.#answer(message);
  }

  #begin(): void {
    this.#begun = this.#parts.begins();
    // Whether it could be stored is asked when the process has ended.
    this.#begun.catch(() => undefined);
  }

  #ended(end: Message): void {
    this.#end = endOf(end);
    this.#channel?.end();
  }

  async #answer(message: Message): Promise<void> {
    const reply = message["id"];
    const answer = await this.#call(message).then(
      (result) => ({ reply, result }),
      (error: Error) => ({ reply, error: { type: error.name, message: error.message } }),
    );
    this.#channel?.send(answer);
  }

  async #call(message: Message): Promise<unknown> {
    const { graphs, surroundings, execution } = this.#parts;
    const name = String(message["name"]);
    switch (message["call"]) {
      case "find-graph":
        return graphs.tasks.has(name);
      case "store-graph":
        return graphs.insert(name, message["tasks"] as unknown as Task[]);
      case "run-graph":
        return this.#tasks?.runGraph(message);
      case "view":
        return readDeployment(surroundings.database.read, execution.tenant_name, execution.deployment_id ?? "");
      case "find-resource":
        return this.#resource(String(message["path"]));
      case "download": {
        const path = String(message["path"]);
        const host = { findResource: (wanted: string) => this.#resource(wanted) };
        const target = await downloadResource(host, path, {
          target: message["target"] as string | null,
          temporary: this.#places.temporary,
          template: null,
        });
        this.#log("info", `Downloaded ${path} to ${target}`);
        return target;
      }
      default:
        return answerEngineCall(message, this.#parts);
    }
  }

  #log(level: LogLevel, text: string, { instance, logger }: Message = {}): void {
    const { rows, surroundings } = this.#parts;
    const fields = {
      ...(typeof instance === "string" ? { node_instance_id: instance } : {}),
      ...(typeof logger === "string" ? { logger } : {}),
    };
    surroundings.journal.remark(rows.log(level, text, fields));
  }
}

function endOf(end: Message): ExecutionEnd {
  if (end["cancelled"] === true) return cancelled;
  if (end["ok"] === true) return terminated;
  return failedBecause(String(end["message"]), String(end["traceback"]));
}
