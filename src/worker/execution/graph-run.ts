import type { Clock } from "../../lib/clock.ts";
import {
  advance,
  type Command,
  type GraphOutcome,
  type GraphState,
  type Happening,
  type Task,
  type TaskId,
  type TaskOutcome,
  type Verdict,
} from "../../workflow/index.ts";

/** A happening as those see it who do not know the time. */
type Timeless<T> = T extends unknown ? Omit<T, "now"> : never;

/** What a running graph needs done. */
export interface GraphPort {
  /** Stores what the commands say; resolves when it is on the disk. */
  store(commands: Command[]): Promise<void>;
  run(task: Task, options: { resume: boolean }): Promise<TaskOutcome>;
  /** Asks the author's handler. */
  consult?(task: Task, origin: TaskId, outcome: TaskOutcome, failed: TaskId | null): Promise<Verdict>;
  /** A task of a graph that reports has ended. */
  settled?(origin: TaskId, outcome: TaskOutcome): void;
}

/** Runs one graph to its end: feeds the engine what happens, and does what it says. */
export class GraphRun {
  readonly #clock: Clock;
  readonly #port: GraphPort;
  readonly #origins = new Map<TaskId, TaskId>();
  #graph: GraphState;
  #happenings: Timeless<Happening>[] = [{ kind: "started" }];
  #wake = new AbortController();
  #happened: () => void = () => {};

  constructor(graph: GraphState, port: GraphPort, clock: Clock) {
    this.#graph = graph;
    this.#port = port;
    this.#clock = clock;
  }

  add(tasks: Task[]): void {
    this.#happen({ kind: "tasks-added", tasks });
  }

  close(): void {
    this.#happen({ kind: "closed" });
  }

  cancel(): void {
    this.#happen({ kind: "cancelled" });
  }

  async run(): Promise<GraphOutcome> {
    for (;;) {
      const commands = this.#advance();
      await this.#port.store(commands);
      for (const command of commands) this.#perform(command);
      if (this.#graph.outcome !== null) {
        this.#wake.abort();
        return this.#graph.outcome;
      }
      if (this.#happenings.length === 0)
        await new Promise<void>((resolve) => {
          this.#happened = resolve;
        });
    }
  }

  /** Lets the engine see all that has happened since. */
  #advance(): Command[] {
    const commands: Command[] = [];
    for (const happening of this.#happenings.splice(0)) {
      const step = advance(this.#graph, { ...happening, now: this.#clock.now() });
      this.#graph = step.graph;
      for (const command of step.commands) commands.push(command);
    }
    return commands;
  }

  #perform(command: Command): void {
    if (command.kind === "run") this.#run(command.task, command.resume);
    else if (command.kind === "consult") this.#consult(command);
    else if (command.kind === "settled") this.#port.settled?.(command.taskId, command.outcome);
    else if (command.kind === "wake") this.#wakeAt(command.at);
  }

  #consult({ task, outcome, failedTask }: Extract<Command, { kind: "consult" }>): void {
    const failed = failedTask === null ? null : (this.#origins.get(failedTask) ?? failedTask);
    const said =
      this.#port.consult?.(task, this.#origin(task), outcome, failed) ?? Promise.resolve<Verdict>({ action: "fail" });
    said.then((verdict) => this.#happen({ kind: "verdict", taskId: task.id, verdict }));
  }

  #run(task: Task, resume: boolean): void {
    this.#origin(task);
    this.#port.run(task, { resume }).then((outcome) => this.#happen({ kind: "task-ended", taskId: task.id, outcome }));
  }

  /** The first attempt of a task: what the workflow's author knows it by. */
  #origin({ id, retriedTask }: Task): TaskId {
    const origin =
      this.#origins.get(id) ?? (retriedTask === null ? id : (this.#origins.get(retriedTask) ?? retriedTask));
    this.#origins.set(id, origin);
    return origin;
  }

  #wakeAt(at: number): void {
    this.#wake.abort();
    this.#wake = new AbortController();
    const pause = Math.max(0, at - this.#clock.now());
    this.#clock.sleep(pause, this.#wake.signal).then(
      () => this.#happen({ kind: "time" }),
      () => undefined,
    );
  }

  #happen(happening: Timeless<Happening>): void {
    this.#happenings.push(happening);
    this.#happened();
  }
}
