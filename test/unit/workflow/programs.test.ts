import { describe, expect, it } from "vitest";
import {
  BUILT_IN_WORKFLOWS,
  type DeploymentView,
  type InstanceView,
  type Modification,
  type NodeView,
  type OperationView,
  operationOf,
  type ProgramContext,
  type Request,
  type Task,
  type TaskOutcome,
} from "../../../src/workflow/index.ts";
import { failed, runProgram, succeeded } from "./simulated-worker.ts";

const script: OperationView = {
  operation: "script_runner.tasks.run",
  plugin: "script",
  executor: "central_deployment_agent",
  inputs: { word: "hello" },
  hasIntrinsicFunctions: false,
  maxRetries: 0,
  retryInterval: null,
  timeout: null,
  timeoutRecoverable: null,
};

const node = (id: string, operations: string[] = [], more: Partial<NodeView> = {}): NodeView => ({
  id,
  type: "cloudify.nodes.Root",
  typeHierarchy: ["cloudify.nodes.Root"],
  hostId: null,
  properties: {},
  operations: Object.fromEntries(operations.map((name) => [`cloudify.interfaces.${name}`, script])),
  relationships: [],
  numberOfInstances: 1,
  plannedNumberOfInstances: 1,
  ...more,
});

const instance = (id: string, more: Partial<InstanceView> = {}): InstanceView => ({
  id,
  nodeId: id.split("_")[0] ?? id,
  hostId: null,
  index: 1,
  state: "started",
  runtimeProperties: {},
  systemProperties: {},
  relationships: [],
  scalingGroups: [],
  ...more,
});

const deployment = (nodes: NodeView[], instances: InstanceView[]): DeploymentView => ({
  id: "D1",
  nodes,
  instances,
  scalingGroups: {},
});

const workflow = (name: string) => {
  const found = BUILT_IN_WORKFLOWS[`cloudify.plugins.workflows.${name}`];
  if (!found) throw new Error(`no workflow ${name}`);
  return found;
};

const failing =
  (...operations: string[]) =>
  ({ work }: Task): TaskOutcome =>
    operations.includes(operationOf(work)?.replace("cloudify.interfaces.", "") ?? "") ? failed("no") : succeeded;

const kinds = (requests: Request[]) =>
  requests.map((request) => (request.kind === "run-graph" ? `run ${request.name}` : request.kind));

describe("scale", () => {
  const web = node("web", ["lifecycle.create", "lifecycle.delete"]);
  const fresh = { ...instance("web_2", { state: "uninitialized" }), modification: "added" as const };
  const modification: Modification = { id: "m1", status: "started", executionId: "E1", added: [fresh], removed: [] };
  const scale = (parameters: object, settings: Parameters<typeof runProgram>[3] = {}) => {
    const view = deployment([web], [instance("web_1")]);
    return runProgram(
      workflow("scale_entity"),
      view,
      { scalable_entity_name: "web", delta: 1, ...parameters },
      {
        answer: ({ kind }, changed) => {
          if (kind === "list-started-modifications") return [];
          if (kind !== "start-modification") return undefined;
          changed.instances.push(fresh);
          return modification;
        },
        ...settings,
      },
    );
  };

  it.each([
    ["an unknown entity", { scalable_entity_name: "nope" }, "No scalable entity named nope was found"],
    ["too few", { delta: -2 }, "Provided delta: -2 is illegal. current number of instances of entity web is 1"],
    ["no number", { delta: "x" }, "The delta parameter must be a number. Got: x"],
    [
      "a choice when adding",
      { include_instances: ["web_1"] },
      "Instances cannot be included or excluded when scaling up.",
    ],
  ])("refuses %s", (_, parameters, message) => {
    expect(scale(parameters).failure).toMatchObject({ type: "ValueError", message });
  });

  it("refuses to pass the most instances that the node may have", () => {
    const view = deployment([{ ...web, maxNumberOfInstances: 1 }], [instance("web_1")]);
    const run = runProgram(workflow("scale_entity"), view, { scalable_entity_name: "web", delta: 1 });
    expect(run.failure?.message).toContain("may have at most 1");
    expect(run.requests).toEqual([]);
  });

  it("does nothing for a delta of 0", () => {
    expect(scale({ delta: 0 }).told).toEqual(["delta parameter is 0, so no scaling will take place."]);
  });

  it("rolls back what it could not install, and fails", () => {
    const run = scale({}, { outcomeOf: failing("lifecycle.create") });
    expect(kinds(run.requests)).toContain("run web_rollback");
    expect(kinds(run.requests).at(-1)).toBe("rollback-modification");
    expect(run.told).toContain("Scale out failed, scaling back in.");
    expect(run.failure?.type).toBe("WorkflowFailed");
  });

  it("leaves the modification started when it is not to roll back", () => {
    const run = scale({ rollback_if_failed: false }, { outcomeOf: failing("lifecycle.create") });
    expect(kinds(run.requests)).not.toContain("rollback-modification");
    expect(run.told).toContain("Scale out failed.");
  });

  it("goes on with its own modification when it is resumed", () => {
    const answer: NonNullable<Parameters<typeof runProgram>[3]>["answer"] = ({ kind }) =>
      kind === "list-started-modifications"
        ? [{ ...modification, id: "m0", executionId: "E0" }, modification]
        : undefined;
    const run = scale({}, { resume: true, answer });
    expect(kinds(run.requests)).not.toContain("start-modification");
    expect(run.requests.at(-1)).toEqual({ kind: "finish-modification", id: "m1" });
  });

  it("only asks for a preview in a dry run, and finishes nothing", () => {
    const run = scale({}, { dryRun: true });
    expect(run.requests).toContainEqual(expect.objectContaining({ kind: "start-modification", preview: true }));
    expect(kinds(run.requests)).not.toContain("finish-modification");
    expect(run.told).toContain("Creating node instance");
  });
});

describe("heal", () => {
  const app = node("app", ["validation.check_status", "lifecycle.create", "lifecycle.delete"]);
  const heal = (parameters: object, outcomeOf = failing("validation.check_status"), nodes = [app]) =>
    runProgram(
      workflow("auto_heal_reinstall_node_subgraph"),
      deployment(nodes, [instance("app_1")]),
      { diagnose_value: "Not provided", check_status: true, allow_reinstall: true, ...parameters },
      { outcomeOf },
    );

  it("reinstalls a sick instance that has no heal operation", () => {
    expect([...heal({}).graphs.keys()]).toEqual(["check_status", "reinstall-uninstall", "reinstall-install"]);
  });

  it("leaves a healthy deployment alone", () => {
    const run = heal({}, () => succeeded);
    expect([[...run.graphs.keys()], run.failure]).toEqual([["check_status"], null]);
  });

  it("fails when only a reinstall could help and is not allowed", () => {
    expect(heal({ allow_reinstall: false }).failure?.message).toContain("allow_reinstall is false");
  });

  it("reinstalls an instance whose heal operation failed", () => {
    const withHeal = { ...app, operations: { ...app.operations, "cloudify.interfaces.lifecycle.heal": script } };
    const run = heal({}, failing("validation.check_status", "lifecycle.heal"), [withHeal]);
    expect([...run.graphs.keys()]).toEqual(["check_status", "heal", "reinstall-uninstall", "reinstall-install"]);
  });

  it("says so when the instance does not exist", () => {
    expect(heal({ node_instance_id: "nope" }).failure).toMatchObject({
      type: "ValueError",
      message: "No node instance with id `nope` was found",
    });
  });
});

describe("with subgraph retries", () => {
  const configuration = { taskRetries: 0, taskRetryInterval: 15, subgraphRetries: 2 };
  const nodes = [node("app", ["lifecycle.create", "lifecycle.delete"])];

  it("an instance whose install failed is taken down and installed again, and those who wait for it go on", () => {
    const dependent = { targetId: "app_1", targetNodeId: "app", type: "depends_on" };
    const relationship = {
      targetId: "app",
      type: "depends_on",
      typeHierarchy: [],
      properties: {},
      sourceOperations: {},
      targetOperations: {},
    };
    const view = deployment(
      [...nodes, node("top", [], { relationships: [relationship] })],
      [
        instance("app_1", { state: "uninitialized" }),
        instance("top_1", { state: "uninitialized", relationships: [dependent] }),
      ],
    );
    let creations = 0;
    const outcomeOf = ({ work }: Task) =>
      operationOf(work) === "cloudify.interfaces.lifecycle.create" && ++creations < 3 ? failed("no") : succeeded;
    const run = runProgram(workflow("install"), view, {}, { configuration, outcomeOf });
    expect(run.failure).toBeNull();
    expect(run.told.filter((text) => /^Subgraph (started|failed)/.test(text))).toEqual([
      "Subgraph started 'install_app_1'",
      "Subgraph failed 'install_app_1'",
      "Subgraph started 'reinstall_app_1' [retry 1/2]",
      "Subgraph started 'app_1'",
      "Subgraph started 'install_app_1'",
      "Subgraph failed 'install_app_1'",
      "Subgraph failed 'reinstall_app_1' [retry 1/2]",
      "Subgraph started 'reinstall_app_1' [retry 2/2]",
      "Subgraph started 'app_1'",
      "Subgraph started 'install_app_1'",
      "Subgraph started 'install_top_1'",
    ]);
    expect(view.instances.map(({ state }) => state)).toEqual(["started", "started"]);
  });

  it("an uninstall is tried so often, and no more", () => {
    const run = runProgram(
      workflow("uninstall"),
      deployment(nodes, [instance("app_1")]),
      {},
      {
        configuration,
        outcomeOf: failing("lifecycle.delete"),
      },
    );
    expect(run.told.filter((text) => text.startsWith("Subgraph failed"))).toHaveLength(3);
    expect(run.failure?.message).toContain("app_1:cloudify.interfaces.lifecycle.delete");
  });
});

describe("a resumed install", () => {
  const operations = ["create", "start", "prestop", "stop", "delete", "postdelete"].map((name) => `lifecycle.${name}`);
  const resumed = (state: InstanceView["state"], taskState: Task["state"]) => {
    const nodes = [node("app", operations)];
    const first = runProgram(
      workflow("install"),
      deployment(nodes, [instance("app_1", { state: "uninitialized" })]),
      {},
    );
    const tasks = [...(first.graphs.get("install") ?? [])].map((task) => ({
      ...task,
      state: operationOf(task.work) ? taskState : task.state,
    }));
    const settings: Partial<ProgramContext> = { resume: true, storedGraphs: new Map([["install", tasks]]) };
    return runProgram(workflow("install"), deployment(nodes, [instance("app_1", { state })]), {}, settings).told;
  };

  it("stops what it is about to start again", () => {
    expect(resumed("starting", "pending").slice(0, 8)).toEqual([
      "Subgraph started 'resume_cleanup_app_1'",
      "Rolling back prior to resuming install",
      "Prestopping node instance",
      "Sending task 'script_runner.tasks.run'",
      "Task succeeded 'script_runner.tasks.run'",
      "Node instance prestopped",
      "Sending task 'script_runner.tasks.run'",
      "Task succeeded 'script_runner.tasks.run'",
    ]);
  });

  it("deletes what it is about to create again", () => {
    expect(resumed("creating", "pending")).toContain("Postdeleting node instance");
  });

  it("leaves alone what it takes the answer of", () => {
    expect(resumed("starting", "sent")).not.toContain("Rolling back prior to resuming install");
  });
});

describe("execute_operation", () => {
  const run = (parameters: object) =>
    runProgram(workflow("execute_operation"), deployment([node("app", ["lifecycle.start"])], [instance("app_1")]), {
      operation: "cloudify.interfaces.lifecycle.start",
      operation_kwargs: { word: "bye" },
      ...parameters,
    });

  it("refuses kwargs that the blueprint gives too, unless they may override", () => {
    expect(run({}).failure?.message).toContain("Duplicate definition of word in operation properties and in kwargs.");
  });

  it("fails on kwargs that are no dictionary instead of running without them", () => {
    expect(run({ operation_kwargs: '{"word": "bye"}' }).failure?.message).toContain("must be a dictionary");
  });

  it.each([true, "true"])("tells the kwargs it was given, with allow_kwargs_override=%j", (override) => {
    expect(run({ allow_kwargs_override: override }).told).toContain(
      "Starting operation cloudify.interfaces.lifecycle.start (Operation parameters: {'word': 'bye'})",
    );
  });
});

describe("agents", () => {
  const compute = { typeHierarchy: ["cloudify.nodes.Root", "cloudify.nodes.Compute"] };
  it.each([
    ["refuses a host that wants one", {}, true],
    ["is content with hosts that want none", { agent_config: { install_method: "none" } }, false],
  ])("%s", (_, properties, refuses) => {
    const view = deployment([node("vm", [], { ...compute, properties })], [instance("vm_1")]);
    expect(Boolean(runProgram(workflow("install_new_agents"), view, {}).failure)).toBe(refuses);
  });
});
