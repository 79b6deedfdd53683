import { randomUUID } from "node:crypto";
import type { Json } from "../../api/resources.ts";
import { createGraph, dryRunOf, failureText, type Task, type TaskOutcome, type Verdict } from "../../workflow/index.ts";
import { nonRecoverable } from "../operations/outcome.ts";
import type { Message, MessageChannel } from "../processes/message-channel.ts";
import { GraphRun } from "./graph-run.ts";
import { runTaskGraph } from "./run-task-graph.ts";
import type { WorkflowParts } from "./workflow.ts";

/**
 * The tasks that the process of a workflow describes, alone or as graphs. They run here; what only the process can do,
 * its own functions and the handlers of its author, it is asked for over the channel.
 */
export class ProcessTasks {
  readonly #parts: WorkflowParts;
  readonly #channel: MessageChannel;
  readonly #locals = new Map<string, (outcome: TaskOutcome) => void>();
  readonly #verdicts = new Map<string, (verdict: Verdict) => void>();
  /** Rejects when what becomes of tasks outside of any graph cannot be stored: the process would wait for ever. */
  readonly broken: Promise<never>;
  #break: (error: unknown) => void = () => {};
  /** The graph of all tasks that were started outside of any other; made with the first of them. */
  #direct: GraphRun | null = null;

  constructor(parts: WorkflowParts, channel: MessageChannel) {
    this.#parts = parts;
    this.#channel = channel;
    this.broken = new Promise((_, reject) => {
      this.#break = reject;
    });
    this.broken.catch(() => undefined);
  }

  /** Starts a task outside of any graph. */
  start(description: Json): void {
    const task = this.#described(description);
    if (this.#direct === null) this.#direct = this.#directGraph();
    this.#direct.add([task]);
  }

  /** Runs a graph, and tells how it ended. */
  async runGraph(message: Message): Promise<Json> {
    const stored = message["stored"] === true;
    const name = stored ? String(message["name"]) : `${this.#parts.execution.workflow_id}`;
    const tasks = stored
      ? [...(this.#parts.graphs.tasks.get(name) ?? [])]
      : (message["tasks"] as Json[]).map((task) => this.#described(task));
    const port = {
      run: (task: Task, how: { resume: boolean }) => this.#run(task, how),
      consult: (task: Task, origin: string, outcome: TaskOutcome, failed: string | null) =>
        this.#consult(task, origin, outcome, failed),
      settled: (origin: string, outcome: TaskOutcome) => this.#channel.send({ settled: origin, outcome }),
    };
    const restored = message["restore"] === true;
    const outcome = await runTaskGraph(this.#parts, { name, stored, restored, tasks }, port);
    return outcome.status === "failed"
      ? { status: "failed", error: failureText(outcome.errors) }
      : { status: outcome.status };
  }

  /** The process has run a function of its own. */
  localEnded(taskId: string, outcome: TaskOutcome): void {
    this.#locals.get(taskId)?.(outcome);
  }

  /** A handler has said what is to become of a task. */
  decided(taskId: string, verdict: Verdict): void {
    this.#verdicts.get(taskId)?.(verdict);
  }

  /** Cancels what was started outside of any graph; graphs hear of it themselves. */
  cancel(): void {
    this.#direct?.cancel();
  }

  #directGraph(): GraphRun {
    const { tasks, surroundings, execution, control } = this.#parts;
    const known = new Map<string, Task>();
    const graph = createGraph([], {
      name: "direct",
      stored: false,
      open: true,
      dryRun: execution.is_dry_run,
      waitAfterFail: execution.wait_after_fail,
      newId: randomUUID,
    });
    const run = new GraphRun(
      graph,
      {
        store: (commands) => tasks.store(commands, null, known),
        run: (each, how) => this.#run(each, how),
        consult: (each, origin, outcome, failed) => this.#consult(each, origin, outcome, failed),
        settled: (origin, outcome) => this.#channel.send({ settled: origin, outcome }),
      },
      surroundings.clock,
    );
    run.run().catch(this.#break);
    if (control.request !== null) run.cancel();
    return run;
  }

  /** A task as the workflow described it; in a dry run only a sign of it, unless it is the workflow's own function. */
  #described(task: Json): Task {
    const described = task as unknown as Task;
    const isSign = this.#parts.execution.is_dry_run && described.work.type !== "LocalWorkflowTask";
    return isSign ? { ...described, work: dryRunOf(described.work) } : described;
  }

  #run(task: Task, how: { resume: boolean }): Promise<TaskOutcome> {
    const { work } = task;
    if (work.type !== "LocalWorkflowTask") return this.#parts.tasks.run(task, how);
    const ended = new Promise<TaskOutcome>((resolve) => this.#locals.set(task.id, resolve));
    this.#channel.send({ local: task.id, function: work.call.function });
    return Promise.race([ended, this.#gone()]);
  }

  #consult(task: Task, origin: string, outcome: TaskOutcome, failed: string | null): Promise<Verdict> {
    const said = new Promise<Verdict>((resolve) => this.#verdicts.set(task.id, resolve));
    this.#channel.send({ consult: task.id, origin, outcome, failed });
    return Promise.race([said, this.#gone().then((): Verdict => ({ action: "fail" }))]);
  }

  async #gone(): Promise<TaskOutcome> {
    await this.#channel.closed;
    return nonRecoverable("The workflow's process has ended");
  }
}
