import { describe, expect, it } from "vitest";
import { fromStoredOperation, TaskGraphBuilder, toStoredOperation } from "../../../src/workflow/index.ts";
import { anOperationCall, counter } from "./simulated-worker.ts";

describe("stored operations", () => {
  it("hold all that a task is", () => {
    const builder = new TaskGraphBuilder({ newId: counter() });
    const web = builder.top.subgraph("install_web_1", { totalRetries: 2 });
    const call = {
      operation: "cloudify.interfaces.relationship_lifecycle.establish",
      task: "script_runner.tasks.run",
      plugin: "script",
      executor: "host_agent",
      nodeInstanceId: "web_1",
      nodeId: "web",
      hostId: "vm_1",
      related: { nodeInstanceId: "db_1", nodeId: "db", isTarget: true, relationship: "connected" },
      kwargs: { script_path: "a.sh", list: [1] },
      hasIntrinsicFunctions: true,
      timeout: 5,
      timeoutRecoverable: false,
    };
    builder.sequence([
      web.setState("web_1", "started", { record: { check: "status", reset: true } }),
      web.nodeEvent("web_1", "Node instance started"),
      web.operation(call, { totalRetries: -1, retryInterval: 3, onFailure: "ignore", onSuccess: "until-true" }),
      web.local({ function: "steps.one", kwargs: { a: 1 }, nodeInstanceId: null }, { sendTaskEvents: false }),
      web.workflowEvent("half way", "workflow_stage", { a: 1 }),
      web.executionStatus("started"),
      web.nop(),
    ]);
    const tasks = builder.build();
    const stored = JSON.parse(JSON.stringify(tasks.map((task) => toStoredOperation(task))));
    expect(stored.map(fromStoredOperation)).toEqual(tasks);
  });

  it("carry the context that the operation's process reads", () => {
    const builder = new TaskGraphBuilder({ newId: counter() });
    const call = anOperationCall({ kwargs: { script_path: "a.sh" } });
    builder.top.operation(call, { totalRetries: 60, retryInterval: 15 });
    const [row] = builder
      .build()
      .map((task) => toStoredOperation(task, { execution_id: "E1", workflow_id: "install" }));
    expect(row).toMatchObject({
      type: "RemoteWorkflowTask",
      parameters: {
        retried_task: null,
        current_retries: 0,
        total_retries: 60,
        retry_interval: 15,
        containing_subgraph: null,
        task_kwargs: {
          kwargs: {
            script_path: "a.sh",
            __cloudify_context: {
              task_id: "t1",
              node_id: "web_1",
              node_name: "web",
              execution_id: "E1",
              operation: { name: "cloudify.interfaces.lifecycle.create", retry_number: 0, max_retries: 60 },
            },
          },
        },
      },
    });
  });

  it("of a kind that is not known are refused by name", () => {
    const row = { id: "o1", name: "x", state: "pending" as const, type: "MagicTask", dependencies: [], parameters: {} };
    expect(() => fromStoredOperation(row)).toThrow("MagicTask");
  });
});
