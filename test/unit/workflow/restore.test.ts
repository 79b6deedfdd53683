import { describe, expect, it } from "vitest";
import {
  advance,
  type Command,
  type GraphOutcome,
  type Happening,
  restoreGraph,
  type Task,
  TaskGraphBuilder,
  type TaskOutcome,
} from "../../../src/workflow/index.ts";
import { anOperationCall, counter, failed, succeeded } from "./simulated-worker.ts";

const call = (name: string) =>
  anOperationCall({ operation: `cloudify.interfaces.lifecycle.${name}`, task: `script.${name}` });

/** A graph as its rows have it, in the states that they had when the worker was lost. */
function restored(build: (builder: TaskGraphBuilder) => void, rows: Record<string, Partial<Task>>) {
  const builder = new TaskGraphBuilder({ newId: counter() });
  build(builder);
  const tasks = builder.build().map((task) => ({ ...task, ...rows[task.id] }));
  let graph = restoreGraph(tasks, { name: "install", stored: true, newId: counter("again") });
  const tell = (happening: Happening): Command[] => {
    const turn = advance(graph, happening);
    graph = turn.graph;
    return turn.commands;
  };
  return {
    start: () => tell({ kind: "started", now: 0 }),
    end: (taskId: string, outcome: TaskOutcome) => tell({ kind: "task-ended", now: 0, taskId, outcome }),
    tell,
    get graph() {
      return graph;
    },
  };
}

const runs = (commands: Command[]) =>
  commands.flatMap((command) => (command.kind === "run" ? [{ id: command.task.id, resume: command.resume }] : []));
const asked = (commands: Command[]) => commands.flatMap((one) => (one.kind === "consult" ? [one.task.id] : []));
const done = (commands: Command[]): GraphOutcome | undefined =>
  commands.flatMap((command) => (command.kind === "done" ? [command.outcome] : []))[0];
const never: Partial<Task> = { state: "failed", failure: failed("never", "non-recoverable").failure };

describe("a restored graph", () => {
  it("hands out what was under way with the word that it was, and says nothing of it a second time", () => {
    const graph = restored(
      ({ top }) => {
        top.operation(call("create"));
        top.local({ function: "tidy", kwargs: {}, nodeInstanceId: null });
        top.operation(call("start"));
      },
      { t1: { state: "sent" }, t2: { state: "started" } },
    );
    const commands = graph.start();
    expect(runs(commands)).toEqual([
      { id: "t1", resume: true },
      { id: "t2", resume: true },
      { id: "t3", resume: false },
    ]);
    expect(commands.flatMap((one) => (one.kind === "store" ? [one.taskId] : []))).toEqual(["t3"]);
  });

  it("runs nothing again that has succeeded, and counts it", () => {
    const graph = restored(
      (builder) => {
        builder.sequence([builder.top.operation(call("create")), builder.top.operation(call("start"))]);
        builder.top.nop();
      },
      { t1: { state: "succeeded" } },
    );
    expect(graph.graph.progress).toEqual({ finished: 1, total: 2 });
    expect(runs(graph.start())).toEqual([{ id: "t2", resume: false }]);
    expect(done(graph.end("t2", succeeded))).toEqual({ status: "succeeded" });
  });

  it("takes up a subgraph that was under way where it was", () => {
    const graph = restored(
      (builder) => {
        const web = builder.top.subgraph("install_web");
        builder.sequence([web.operation(call("create")), web.operation(call("start"))]);
      },
      { t1: { state: "started" }, t2: { state: "succeeded" } },
    );
    expect(runs(graph.start())).toEqual([{ id: "t3", resume: false }]);
    expect(done(graph.end("t3", succeeded))).toEqual({ status: "succeeded" });
  });

  it("fails in the end for what had failed, and runs nothing that waits for it", () => {
    const graph = restored(
      (builder) => {
        builder.sequence([builder.top.operation(call("create")), builder.top.operation(call("start"))]);
        builder.top.operation(call("stop"));
      },
      { t1: never },
    );
    expect(runs(graph.start())).toEqual([{ id: "t3", resume: false }]);
    expect(done(graph.end("t3", succeeded))).toMatchObject({
      status: "failed",
      errors: [{ taskId: "t1", failure: { message: "never" } }],
    });
  });

  it("names the task that failed a subgraph as the reason", () => {
    const graph = restored(({ top }) => top.subgraph("install_web").operation(call("create")), {
      t1: { state: "failed" },
      t2: never,
    });
    expect(done(graph.start())).toMatchObject({ status: "failed", errors: [{ taskId: "t2" }] });
  });

  it("remembers failures of subgraphs that did not matter", () => {
    const graph = restored(
      ({ top }) => {
        top.subgraph("web_1", { onFailure: "ignore" }).operation(call("stop"));
        top.operation(call("delete"), { onFailure: "ignore" });
      },
      { t1: { state: "failed" }, t2: never, t3: never },
    );
    expect(done(graph.start())).toMatchObject({ status: "succeeded", forgiven: [{ taskId: "t2" }] });
  });

  it("goes on with the attempt that was to come, and what waits for the task waits for that", () => {
    const graph = restored(
      (builder) => {
        const first = builder.top.operation(call("create"), { totalRetries: 1 });
        builder.sequence([first, builder.top.operation(call("start"))]);
        builder.top.operation(call("create"), { totalRetries: 1 });
      },
      { t1: { state: "failed" }, t3: { retriedTask: "t1", currentRetries: 1 } },
    );
    expect(runs(graph.start())).toEqual([{ id: "t3", resume: false }]);
    expect(runs(graph.end("t3", succeeded))).toEqual([{ id: "t2", resume: false }]);
  });

  it("asks the author's handler again what is to become of a failed task, and waits for the answer", () => {
    const graph = restored(({ top }) => top.operation(call("create"), { onFailure: "consult" }), { t1: never });
    const commands = graph.start();
    expect([asked(commands), done(commands)]).toEqual([["t1"], undefined]);
    const verdict = { action: "ignore" } as const;
    expect(done(graph.tell({ kind: "verdict", now: 0, taskId: "t1", verdict }))).toEqual({ status: "succeeded" });
  });

  it("runs nothing again, whichever of two handlers answers first", () => {
    const graph = restored(
      (builder) => {
        const first = builder.top.operation(call("create"), { onFailure: "consult", totalRetries: 1 });
        builder.sequence([first, builder.top.operation(call("start"), { onFailure: "consult" })]);
        builder.top.operation(call("create"), { onFailure: "consult", totalRetries: 1 });
      },
      { t1: { state: "rescheduled" }, t2: never, t3: { ...never, retriedTask: "t1", currentRetries: 1 } },
    );
    expect(asked(graph.start())).toEqual(["t2", "t3"]);
    const ignored = (taskId: string) => graph.tell({ kind: "verdict", now: 0, taskId, verdict: { action: "ignore" } });
    expect(ignored("t2")).toEqual([]);
    const commands = ignored("t3");
    expect([runs(commands), done(commands)]).toEqual([[], { status: "succeeded" }]);
  });

  it("asks no handler about a task whose subgraph has failed", () => {
    const graph = restored(({ top }) => top.subgraph("web").operation(call("create"), { onFailure: "consult" }), {
      t1: { state: "failed" },
      t2: never,
    });
    const commands = graph.start();
    expect([asked(commands), done(commands)?.status]).toEqual([[], "failed"]);
  });

  it("asks no handler about what waits to be run", () => {
    const graph = restored(({ top }) => top.operation(call("create"), { onFailure: "consult" }), {});
    const commands = graph.start();
    expect([asked(commands), runs(commands)]).toEqual([[], [{ id: "t1", resume: false }]]);
  });
});
