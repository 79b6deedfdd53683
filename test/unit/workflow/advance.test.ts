import { describe, expect, it } from "vitest";
import { advance } from "../../../src/workflow/advance.ts";
import type { Command } from "../../../src/workflow/command.ts";
import { TaskGraphBuilder } from "../../../src/workflow/graph-builder.ts";
import { createGraph } from "../../../src/workflow/graph-state.ts";

const counter = () => {
  let last = 0;
  return () => `t${++last}`;
};

const shown = (commands: Command[]): string[] =>
  commands.map((command) => {
    switch (command.kind) {
      case "event":
        return command.event.message;
      case "store":
        return `${command.taskId} ${command.state}`;
      case "set-node-instance-state":
        return `${command.nodeInstanceId} becomes ${command.state}`;
      case "done":
        return command.outcome.status;
      default:
        return command.kind;
    }
  });

describe("advance", () => {
  it("tells, then stores each state, and ends when nothing is left", () => {
    const newId = counter();
    const builder = new TaskGraphBuilder({ newId });
    const web = builder.top.subgraph("install_web");
    builder.sequence([[web.nodeEvent("web", "Creating node instance"), web.setState("web", "creating")]]);
    const graph = createGraph(builder.build(), { name: "install", stored: true, newId });
    const { commands } = advance(graph, { kind: "started", now: 0 });
    expect(shown(commands)).toEqual([
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
});
