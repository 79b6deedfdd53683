import { describe, expect, it } from "vitest";
import {
  advance,
  type Command,
  createGraph,
  failureText,
  type GraphOptions,
  type GraphState,
  type Happening,
  TaskGraphBuilder,
  type TaskOutcome,
} from "../../../src/workflow/index.ts";
import { anOperationCall, counter, failed, succeeded } from "./simulated-worker.ts";

const call = (name: string) => anOperationCall({ operation: `cloudify.interfaces.lifecycle.${name}` });

const shown = (commands: Command[]): string[] =>
  commands.map((command) => {
    switch (command.kind) {
      case "event":
        return command.event.message;
      case "store":
        return `${command.taskId} ${command.state}`;
      case "set-node-instance-state":
        return `${command.nodeInstanceId} becomes ${command.state}`;
      case "run":
        return `run ${command.task.id}`;
      case "insert":
        return `insert ${command.task.id}`;
      case "wake":
        return `wake at ${command.at}`;
      case "settled":
        return `settled ${command.taskId}`;
      case "done":
        return command.outcome.status;
      default:
        return command.kind;
    }
  });

/** A graph that is told happenings one by one. */
function running(build: (builder: TaskGraphBuilder) => void, options: Partial<GraphOptions> = {}) {
  const newId = counter();
  const builder = new TaskGraphBuilder({ newId, dryRun: options.dryRun ?? false });
  build(builder);
  let graph: GraphState = createGraph(builder.build(), { name: "install", stored: true, newId, ...options });
  const tell = (happening: Happening): string[] => {
    const turn = advance(graph, happening);
    graph = turn.graph;
    return shown(turn.commands);
  };
  return {
    start: (now = 0) => tell({ kind: "started", now }),
    end: (taskId: string, outcome: TaskOutcome, now = 0) => tell({ kind: "task-ended", now, taskId, outcome }),
    tell,
    get graph() {
      return graph;
    },
  };
}

describe("advance", () => {
  it("tells, then stores each state, and ends when nothing is left", () => {
    const graph = running((builder) => {
      const web = builder.top.subgraph("install_web");
      builder.sequence([[web.nodeEvent("web", "Creating node instance"), web.setState("web", "creating")]]);
    });
    expect(graph.start()).toEqual([
      "Subgraph started 'install_web'",
      "t1 started",
      "Creating node instance",
      "t2 succeeded",
      "web becomes creating",
      "t3 succeeded",
      "Subgraph succeeded 'install_web'",
      "t1 succeeded",
      "succeeded",
    ]);
  });

  it("stores an operation as sent before it is run, and tells its result as Python prints it", () => {
    const graph = running(({ top }) => top.operation(call("create")));
    expect(graph.start()).toEqual(["Sending task 'script_runner.tasks.run'", "t1 sent", "run t1"]);
    expect(graph.end("t1", { succeeded: true, result: { ok: true, list: [1, "it's"] } })).toEqual([
      `Task succeeded 'script_runner.tasks.run' - {'ok': True, 'list': [1, "it's"]}`,
      "t1 succeeded",
      "succeeded",
    ]);
  });

  it("tries again after the interval, counting attempts, until no retries are left", () => {
    const graph = running(({ top }) => top.operation(call("create"), { totalRetries: 1, retryInterval: 15 }));
    graph.start();
    expect(graph.end("t1", failed("no luck"), 1000)).toEqual([
      "Task failed 'script_runner.tasks.run' -> no luck",
      "t1 failed",
      "insert t2",
      "wake at 16000",
    ]);
    expect(graph.tell({ kind: "time", now: 15_999 })).toEqual(["wake at 16000"]);
    expect(graph.tell({ kind: "time", now: 16_000 })).toEqual([
      "Sending task 'script_runner.tasks.run' [retry 1/1]",
      "t2 sent",
      "run t2",
    ]);
    expect(graph.end("t2", failed("no luck"), 17_000)).toEqual([
      "Task failed 'script_runner.tasks.run' -> no luck [retry 1/1]",
      "t2 failed",
      "failed",
    ]);
  });

  it("does not try again what cannot get better", () => {
    const graph = running(({ top }) => top.operation(call("create"), { totalRetries: 5 }));
    graph.start();
    expect(graph.end("t1", failed("never", "non-recoverable")).at(-1)).toBe("failed");
  });

  it("calls an operation again when it asks for that, after the time it asks for", () => {
    const graph = running(({ top }) => top.operation(call("create"), { totalRetries: -1, onFailure: "ignore" }));
    graph.start();
    const outcome = failed("wait a little", "reschedule");
    expect(graph.end("t1", { ...outcome, failure: { ...outcome.failure, retryAfter: 2 } })).toEqual([
      "Task rescheduled 'script_runner.tasks.run' -> wait a little",
      "t1 rescheduled",
      "insert t2",
      "wake at 2000",
    ]);
    expect(graph.tell({ kind: "time", now: 2000 })[0]).toBe("Sending task 'script_runner.tasks.run' [retry 1]");
  });

  it("goes on after an ignored failure, and says that it ignored it", () => {
    const graph = running((builder) =>
      builder.sequence([
        builder.top.operation(call("stop"), { onFailure: "ignore", totalRetries: 5 }),
        builder.top.nodeEvent("web_1", "Stopped node instance"),
      ]),
    );
    graph.start();
    expect(graph.end("t1", failed())).toEqual([
      "Task failed 'script_runner.tasks.run' -> no",
      "t1 failed",
      "Ignoring task script_runner.tasks.run failure",
      "Stopped node instance",
      "t2 succeeded",
      "succeeded",
    ]);
  });

  it("asks an operation again, however often, until its result is true", () => {
    const graph = running(({ top }) => top.operation(call("get_state"), { onSuccess: "until-true", totalRetries: 0 }));
    graph.start();
    expect(graph.end("t1", { succeeded: true, result: false }).at(-1)).toBe("wake at 15000");
    graph.tell({ kind: "time", now: 15_000 });
    expect(graph.end("t2", { succeeded: true, result: true }).at(-1)).toBe("succeeded");
  });

  it("fails a subgraph with its child, drops what is left of it and never starts what waits for it", () => {
    const graph = running((builder) => {
      const one = builder.top.subgraph("install_one");
      builder.sequence([one.operation(call("create"), { onFailure: "fail" }), one.setState("one", "created")]);
      const two = builder.top.subgraph("install_two");
      two.setState("two", "started");
      builder.dependency(two.id, one.id);
    });
    graph.start();
    expect(graph.end("t2", failed())).toEqual([
      "Task failed 'script_runner.tasks.run' -> no",
      "t2 failed",
      "Subgraph failed 'install_one'",
      "t1 failed",
      "failed",
    ]);
  });

  it("does not try again in a subgraph that has failed meanwhile", () => {
    const graph = running(({ top }) => {
      const web = top.subgraph("install_web");
      web.operation(call("create"), { totalRetries: 5, retryInterval: 15 });
      web.operation(call("configure"));
    });
    graph.start();
    expect(graph.end("t2", failed()).at(-1)).toBe("wake at 15000");
    graph.end("t3", failed("never", "non-recoverable"));
    expect(graph.tell({ kind: "time", now: 15_000 })).toEqual(["failed"]);
  });

  it("starts nothing more, however deep, in a subgraph that has failed", () => {
    const graph = running((builder) => {
      const web = builder.top.subgraph("install_web");
      const inner = web.subgraph("establish");
      builder.sequence([inner.operation(call("establish")), inner.operation(call("postestablish"))]);
      web.operation(call("create"));
      builder.top.operation(call("start"));
    });
    graph.start();
    graph.end("t5", failed("never", "non-recoverable"));
    expect(graph.end("t3", succeeded)).toEqual(["Task succeeded 'script_runner.tasks.run'", "t3 succeeded"]);
    expect(graph.end("t6", succeeded).at(-1)).toBe("failed");
  });

  it("asks no handler about what ends in a subgraph that has failed already", () => {
    const graph = running(({ top }) => {
      const web = top.subgraph("install_web");
      web.operation(call("create"), { onFailure: "consult", onSuccess: "consult" });
      web.operation(call("configure"));
    });
    graph.start();
    graph.end("t3", failed("never", "non-recoverable"));
    expect(graph.end("t2", failed())).toEqual(["Task failed 'script_runner.tasks.run' -> no", "t2 failed", "failed"]);
  });

  it("stores that a task of the workflow's own process has started before it is run", () => {
    const local = { function: "tidy", kwargs: {}, nodeInstanceId: null };
    const graph = running(({ top }) => top.local(local));
    expect(graph.start()).toEqual(["Task started 'tidy'", "t1 started", "run t1"]);
  });

  it("writes an event of the workflow as it was described", () => {
    const newId = counter();
    const builder = new TaskGraphBuilder({ newId });
    builder.top.workflowEvent("half way", "workflow_stage", { step: 2 });
    const graph = createGraph(builder.build(), { name: "g", stored: false, newId });
    expect(advance(graph, { kind: "started", now: 0 }).commands[0]).toMatchObject({
      kind: "event",
      event: { eventType: "workflow_stage", message: "half way", nodeInstanceId: null, context: { step: 2 } },
    });
  });

  it("lets the rest go on after a failure, but only so long", () => {
    const graph = running(
      ({ top }) => {
        top.operation(call("create"), { onFailure: "fail" });
        top.operation(call("start"));
      },
      { waitAfterFail: 10 },
    );
    graph.start();
    expect(graph.end("t1", failed(), 1000).at(-1)).toBe("wake at 11000");
    expect(graph.tell({ kind: "time", now: 11_000 })).toEqual(["failed"]);
  });

  it("waits for nothing after a failure when it was told to wait 0 seconds", () => {
    const graph = running(
      ({ top }) => {
        top.operation(call("create"), { onFailure: "fail" });
        top.operation(call("start"));
      },
      { waitAfterFail: 0 },
    );
    graph.start();
    expect(graph.end("t1", failed()).at(-1)).toBe("failed");
  });

  it("runs no more operations at a time than it may", () => {
    const graph = running(({ top }) => ["a", "b", "c"].map((name) => top.operation(call(name))), { concurrency: 2 });
    const runs = (words: string[]) => words.filter((word) => word.startsWith("run"));
    expect(runs(graph.start())).toEqual(["run t1", "run t2"]);
    expect(runs(graph.end("t2", succeeded))).toEqual(["run t3"]);
  });

  it("ends at once when it is cancelled, and hears nothing after that", () => {
    const graph = running(({ top }) => top.operation(call("create")));
    graph.start();
    expect(graph.tell({ kind: "cancelled", now: 0 })).toEqual(["cancelled"]);
    expect(graph.end("t1", succeeded)).toEqual([]);
  });

  it("calls nothing and changes nothing in a dry run, but tells all", () => {
    const graph = running(
      (builder) =>
        builder.sequence([
          builder.top.nodeEvent("web_1", "Creating node instance"),
          builder.top.setState("web_1", "creating"),
          builder.top.operation(call("create")),
        ]),
      { dryRun: true, stored: false },
    );
    expect(graph.start()).toEqual([
      "Creating node instance",
      "Task succeeded 'script_runner.tasks.run' (dry run)",
      "succeeded",
    ]);
  });

  it("asks the author's handlers in a dry run too, and records no check", () => {
    const record = { check: "status", reset: false } as const;
    const graph = running(({ top }) => top.operation(call("create"), { onSuccess: "consult", record }), {
      dryRun: true,
      stored: false,
    });
    expect(graph.start()).toEqual(["Task succeeded 'script_runner.tasks.run' (dry run)", "consult"]);
  });

  it("does not start a subgraph that holds nothing", () => {
    const graph = running(({ top }) => top.subgraph("stub_web"), { stored: false });
    expect(graph.start()).toEqual(["Subgraph succeeded 'stub_web'", "succeeded"]);
  });

  it("names an operation in the events of stored graphs only", () => {
    const operationOf = (stored: boolean) => {
      const newId = counter();
      const builder = new TaskGraphBuilder({ newId });
      builder.top.operation(call("create"));
      const graph = createGraph(builder.build(), { name: "g", stored, newId });
      const event = advance(graph, { kind: "started", now: 0 }).commands.find(({ kind }) => kind === "event");
      return event?.kind === "event" ? event.event.operation : undefined;
    };
    expect([operationOf(true), operationOf(false)]).toEqual(["cloudify.interfaces.lifecycle.create", null]);
  });

  it("leaves the decision to the author's handler where there is one", () => {
    const graph = running(({ top }) => top.operation(call("create"), { onFailure: "consult", onSuccess: "consult" }));
    graph.start();
    expect(graph.end("t1", failed()).at(-1)).toBe("consult");
    const verdict = { action: "retry", ignoreTotalRetries: true, retryAfter: 0 } as const;
    expect(graph.tell({ kind: "verdict", now: 0, taskId: "t1", verdict })).toEqual([
      "insert t2",
      "Sending task 'script_runner.tasks.run' [retry 1/0]",
      "t2 sent",
      "run t2",
    ]);
    expect(graph.end("t2", succeeded).at(-1)).toBe("consult");
    expect(graph.tell({ kind: "verdict", now: 0, taskId: "t2", verdict: { action: "continue" } })).toEqual([
      "succeeded",
    ]);
  });

  it("takes tasks while it is open, reports each by its first attempt, and ends when it is closed", () => {
    const graph = running(() => undefined, { open: true, stored: false });
    expect(graph.start()).toEqual([]);
    const builder = new TaskGraphBuilder({ newId: counter("x") });
    builder.top.operation(call("create"), { totalRetries: 1, retryInterval: 0 });
    expect(graph.tell({ kind: "tasks-added", now: 0, tasks: builder.build() })).toContain("run x1");
    expect(graph.end("x1", failed()).at(-1)).toBe("run t1");
    expect(graph.end("t1", failed()).at(-1)).toBe("settled x1");
    expect(graph.tell({ kind: "closed", now: 0 })).toEqual(["succeeded"]);
  });

  it("fails with a clear text when tasks wait for each other in a circle", () => {
    const graph = running((builder) => {
      const [one, two] = [builder.top.nodeEvent("a", "one"), builder.top.nodeEvent("a", "two")];
      builder.dependency(one, two);
      builder.dependency(two, one);
    });
    expect(graph.start()).toEqual(["failed"]);
    const { outcome } = graph.graph;
    expect(outcome?.status === "failed" && failureText(outcome.errors)).toContain(
      "2 tasks wait for each other in a circle",
    );
  });

  it("refuses a graph that has been advanced already", () => {
    const graph = createGraph([], { name: "g", stored: false, newId: counter() });
    advance(graph, { kind: "started", now: 0 });
    expect(() => advance(graph, { kind: "time", now: 0 })).toThrow("has been advanced");
  });

  it("counts operations, further attempts among them", () => {
    const graph = running(({ top }) => {
      top.operation(call("create"), { totalRetries: 1, retryInterval: 0 });
      top.operation(call("start"));
      top.nop();
    });
    graph.start();
    expect(graph.graph.progress).toEqual({ finished: 0, total: 2 });
    graph.end("t1", failed());
    expect(graph.graph.progress).toEqual({ finished: 1, total: 3 });
    graph.end("t2", succeeded);
    expect(graph.graph.progress).toEqual({ finished: 2, total: 3 });
  });
});
