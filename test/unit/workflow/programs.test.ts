import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/api/resources.ts";
import {
  type InstanceView,
  type Modification,
  operationOf,
  type Request,
  type Task,
} from "../../../src/workflow/index.ts";
import { chain, deployment, failing, instance, node, script, workflow } from "./deployments.ts";
import { failed, runProgram, succeeded } from "./simulated-worker.ts";

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

  it("rolls the modification back even if what is half done cannot be", () => {
    const run = scale({}, { outcomeOf: failing("lifecycle.create", "lifecycle.delete") });
    expect(kinds(run.requests).at(-1)).toBe("rollback-modification");
    expect(run.failure?.message).toContain("web_2:cloudify.interfaces.lifecycle.delete");
  });

  it.each([
    [
      "an unknown one that shall go",
      { include_instances: ["x"] },
      "The following included instances did not exist: x. ",
    ],
    [
      "an unknown one that shall stay",
      { exclude_instances: "x" },
      "The following excluded instances did not exist: x. ",
    ],
    [
      "one that shall both go and stay",
      { include_instances: ["web_1"], exclude_instances: ["web_1"], delta: -1 },
      "The following instances were both excluded and included: web_1. Target number of instances is less than " +
        "excluded instance count. Target number of instances was 0. Excluded instances were: web_1. ",
    ],
    [
      "a choice among others than are scaled",
      { include_instances: ["web_1"], scale_compute: true },
      "Cannot include or exclude instances while scale_compute is True. " +
        "Please specify the desired compute instances and set scale_compute to False. ",
    ],
  ])("refuses %s", (_, parameters, problem) => {
    const run = scale({ delta: -1, ...parameters });
    expect(run.failure).toMatchObject({ type: "RuntimeError" });
    expect(run.failure?.message.startsWith(problem)).toBe(true);
    expect(run.failure?.message.endsWith("Available instances were: web_1")).toBe(true);
    expect(kinds(run.requests)).toEqual([]);
  });

  it("refuses to keep more instances of a group than will be left", () => {
    const grouped = (id: string, group: string) => instance(id, { scalingGroups: [{ id: group, name: "all" }] });
    const scalingGroups = { all: { members: ["web"], properties: { current_instances: 2 } } };
    const view = { ...deployment([web], [grouped("web_1", "all_a"), grouped("web_2", "all_b")]), scalingGroups };
    const parameters = { scalable_entity_name: "all", delta: -1, exclude_instances: ["web_1", "all_b"] };
    expect(runProgram(workflow("scale_entity"), view, parameters).failure?.message).toBe(
      "Instances from too many different groups were excluded. Target number of group instances was 1, but 2 " +
        "excluded groups.Groups and member instances were: all_a: web_1; all_b: web_2",
    );
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
    expect(heal({ allow_reinstall: false }).failure).toMatchObject({
      type: "RuntimeError",
      message: "allow_reinstall is false, but would need to reinstall instances: app_1",
    });
  });

  const check = "validation.check_status";
  const mended = (id: string) => node(id, [check, "lifecycle.heal"]);
  const healChain = (nodes: Parameters<typeof chain>[0], outcomeOf = failing(check), parameters = {}) => {
    const view = chain(nodes);
    return { view, ...runProgram(workflow("auto_heal_reinstall_node_subgraph"), view, parameters, { outcomeOf }) };
  };

  it("heals nothing when it could not go on to what must be reinstalled", () => {
    const run = healChain([node("a", [check]), mended("b")], failing(check), { allow_reinstall: false });
    expect([...run.graphs.keys()]).toEqual(["check_status"]);
  });

  it("does not heal what it reinstalls with its container", () => {
    const view = chain([node("a", [check]), mended("b")]);
    const type = "cloudify.relationships.contained_in";
    for (const { relationships } of [...view.nodes, ...view.instances]) {
      for (const one of relationships) Object.assign(one, { type, typeHierarchy: [type] });
    }
    const run = runProgram(workflow("auto_heal_reinstall_node_subgraph"), view, {}, { outcomeOf: failing(check) });
    expect([...run.graphs.keys()]).toEqual(["check_status", "reinstall-uninstall", "reinstall-install"]);
  });

  it("changes nothing in a dry run", () => {
    const sick = instance("b_1", { systemProperties: { status: { ok: false, task: "check" } } });
    const view = deployment([mended("b")], [sick]);
    const run = runProgram(workflow("auto_heal_reinstall_node_subgraph"), view, {}, { dryRun: true });
    expect(run.told).toContain("Subgraph succeeded 'heal_b_1' (dry run)");
    expect(kinds(run.requests)).not.toContain("update-system-properties");
  });

  it("heals one after what it depends on, and although that could not be healed", () => {
    let healed = 0;
    const outcomeOf = (task: Task) =>
      operationOf(task.work)?.endsWith(".heal") && ++healed > 1 ? succeeded : failing(check, "lifecycle.heal")(task);
    const run = healChain([mended("a"), mended("b")], outcomeOf);
    expect(run.told.filter((text) => /^Subgraph \w+ 'heal/.test(text))).toEqual([
      "Subgraph started 'heal_a_1'",
      "Subgraph failed 'heal_a_1'",
      "Subgraph started 'heal_b_1'",
      "Subgraph succeeded 'heal_b_1'",
    ]);
    expect(run.told).toContain("Subgraph started 'install_a_1'");
    expect(run.told).not.toContain("Subgraph started 'install_b_1'");
    expect(run.view.instances.map(({ systemProperties }) => "heal_failed" in systemProperties)).toEqual([false, false]);
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
  const resumed = (state: InstanceView["state"], taskState: Task["state"], outcomeOf = failing()) => {
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
    const settings = { resume: true, storedGraphs: new Map([["install", tasks]]), outcomeOf };
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

  it("goes on although that fails", () => {
    const run = resumed("creating", "pending", failing("lifecycle.delete"));
    expect(run).toContain("Ignoring task failure in cleanup");
    expect(run.at(-1)).toBe("Subgraph succeeded 'install_app_1'");
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

  it.each([undefined, "", 5])("fails without the name of an operation: %j", (operation) => {
    expect(run({ operation }).failure).toMatchObject({ type: "TypeError" });
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

describe("in the order of dependencies", () => {
  const op = "lifecycle.start";
  const started = (name: string, parameters: object) =>
    runProgram(workflow(name), chain([node("a", [op]), node("b"), node("c", [op])]), {
      operation: `cloudify.interfaces.${op}`,
      run_by_dependency_order: true,
      ...parameters,
    }).graphs.values();

  it.each([
    ["that have no such operation", {}],
    ["that are not chosen", { node_ids: ["a", "c"] }],
  ])("an operation goes through nodes %s", (_, parameters) => {
    const [tasks = []] = [...started("execute_operation", parameters)];
    const subgraphs = tasks.filter(({ work }) => work.type === "SubgraphTask");
    expect(subgraphs.map(({ name }) => name)).toEqual(["a_1", "c_1"]);
    expect(subgraphs[1]?.dependencies).toEqual([subgraphs[0]?.id]);
  });
});

describe("a dry run", () => {
  const dryRun = (name: string, parameters: JsonObject) =>
    runProgram(workflow(name), chain([node("a", ["lifecycle.start"]), node("b")]), parameters, { dryRun: true }).told;

  it.each([
    ["of an operation tells of instances without it", "execute_operation", { operation: "x" }, ["a_1", "b_1"]],
    [
      "of a check tells of what keeps the order",
      "check_status",
      { node_ids: ["b"], run_by_dependency_order: true },
      ["a_1"],
    ],
    ["of an uninstall tells of what stays", "uninstall", { node_ids: ["b"] }, ["b_1", "stub_a_1"]],
    ["of a heal tells of what stays", "auto_heal_reinstall_node_subgraph", {}, ["stub_a_1", "stub_b_1"]],
  ])("%s", (_, name, parameters, subgraphs) => {
    const succeeded = dryRun(name, parameters).filter((text) => text.startsWith("Subgraph succeeded"));
    expect(succeeded.sort()).toEqual(subgraphs.map((id) => `Subgraph succeeded '${id}' (dry run)`));
  });
});

describe("checks", () => {
  const checked = (name: string, view = chain([node("a", ["lifecycle.check_drift"]), node("b")], ["check_drift"])) =>
    [...runProgram(workflow(name), view, { run_by_dependency_order: true }).graphs.values()].flat();

  it("relationships are looked at after the instance that has them, and that after what it depends on", () => {
    const [own, ...others] = checked("check_drift");
    expect(own?.dependencies).toEqual([]);
    expect(others.map(({ dependencies }) => dependencies)).toEqual([[own?.id], [own?.id]]);
  });

  it("a status is asked for once, where the operation does not say otherwise", () => {
    const untold = node("a", [], {
      operations: { "cloudify.interfaces.validation.check_status": { ...script, maxRetries: null } },
    });
    const told = {
      ...untold,
      id: "b",
      operations: { "cloudify.interfaces.validation.check_status": { ...script, maxRetries: 2 } },
    };
    expect(checked("check_status", chain([untold, told])).map(({ totalRetries }) => totalRetries)).toEqual([0, 2]);
  });
});

describe("rollback", () => {
  it("goes on whatever fails", () => {
    const view = deployment([node("app", ["lifecycle.stop"])], [instance("app_1", { state: "starting" })]);
    const run = runProgram(workflow("rollback"), view, {}, { outcomeOf: failing("lifecycle.stop") });
    expect(run.failure).toBeNull();
    expect(run.told).toContain("Ignoring task script_runner.tasks.run failure");
    expect(view.instances[0]?.state).toBe("configured");
  });
});

describe("uninstall", () => {
  it("validates the deletion only of what it stops", () => {
    const operations = ["validation.delete", "lifecycle.stop"];
    const run = (state: InstanceView["state"]) =>
      runProgram(workflow("uninstall"), deployment([node("app", operations)], [instance("app_1", { state })]), {}).told;
    expect(run("started")).toContain("Validating node instance before deletion");
    expect(run("configured")).toContain("Validating node instance after deletion: nothing to do");
  });

  it("tells ignored failures of a relationship's target side of the source, whose relationship it is", () => {
    const view = chain([node("a"), node("b", ["lifecycle.stop"])], ["unlink"]);
    const run = runProgram(
      workflow("uninstall"),
      view,
      { ignore_failure: true },
      {
        outcomeOf: failing("relationship_lifecycle.unlink"),
      },
    );
    expect(run.events.filter(({ message }) => message.startsWith("Ignoring")).map((one) => one.nodeInstanceId)).toEqual(
      ["b_1", "b_1"],
    );
  });
});

describe("a relationship that waits for one operation", () => {
  const waiting = (operation: string, name: string, state: InstanceView["state"]) => {
    const operations = ["lifecycle.create", "lifecycle.start", "lifecycle.stop", "lifecycle.delete"];
    const view = chain([node("a", operations), node("b", operations)], [], state);
    for (const { relationships } of view.nodes) for (const one of relationships) one.properties = { operation };
    const [tasks = []] = [...runProgram(workflow(name), view, {}).graphs.values()];
    const nameOf = new Map(tasks.map((task) => [task.id, task.info ?? task.name]));
    const later = tasks.find((task) => task.name === (name === "install" ? "install_b_1" : "a_1"));
    return later?.dependencies.map((id) => nameOf.get(id));
  };

  it.each([
    ["install", "create", "uninitialized", ["Node instance created", "created"]],
    ["install", "stop", "uninitialized", []],
    ["uninstall", "stop", "started", ["Stopped node instance"]],
    ["uninstall", "create", "started", []],
  ] as const)("%s: after %s of the other", (name, operation, state, expected) => {
    expect(waiting(operation, name, state)).toEqual(expected);
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
