import { describe, expect, it } from "vitest";
import {
  DeploymentIndex,
  type InstanceLifecycle,
  type InstanceView,
  instanceTasks,
  operationOf,
} from "../../../../src/workflow/index.ts";
import { deployment, instance, node } from "../deployments.ts";
import { counter } from "../simulated-worker.ts";

const OPERATIONS = ["lifecycle.create", "lifecycle.start", "lifecycle.stop", "lifecycle.delete"];

function tasksOf(kind: InstanceLifecycle["kind"], state: InstanceView["state"], ignoreFailure = false) {
  const view = deployment([node("app", OPERATIONS)], [instance("app_1", { state })]);
  const [app] = view.instances;
  if (!app) throw new Error("there is no instance");
  return instanceTasks(new DeploymentIndex(view), app, { kind, ignoreFailure }, { newId: counter() });
}

const calls = (tasks: ReturnType<typeof tasksOf>) =>
  tasks.flatMap(({ work }) => operationOf(work)?.split(".").slice(-1) ?? []);

describe("the steps of one instance", () => {
  it.each([
    ["install", "uninitialized", "install_app_1", ["create", "start"]],
    ["uninstall", "started", "app_1", ["stop", "delete"]],
    ["rollback", "starting", "app_1", ["stop"]],
    ["reinstall", "started", "reinstall_app_1", ["stop", "delete", "create", "start"]],
  ] as const)("to %s one that is %s stand in %s", (kind, state, name, operations) => {
    const tasks = tasksOf(kind, state);
    expect(tasks[0]).toMatchObject({ name, subgraph: null });
    expect(tasks.slice(1).every(({ subgraph }) => subgraph !== null)).toBe(true);
    expect(calls(tasks)).toEqual(operations);
  });

  it("come one after another, and a reinstall begins to install when it has uninstalled", () => {
    const tasks = tasksOf("reinstall", "started");
    const named = (name: string) => tasks.find((task) => task.name === name);
    expect(named("install_app_1")?.dependencies).toContain(named("app_1")?.id);
    const later = tasks.filter(({ work }) => /start$|delete$/.test(operationOf(work) ?? ""));
    expect(later.map(({ dependencies, subgraph }) => dependencies.filter((id) => id !== subgraph).length > 0)).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    [true, "ignore"],
    [false, "retry"],
  ])("ignore failures: %s", (ignoreFailure, rule) => {
    const operations = tasksOf("uninstall", "started", ignoreFailure).filter(({ work }) => operationOf(work) !== null);
    expect(operations.map(({ onFailure }) => onFailure)).toEqual([rule, rule]);
  });
});
