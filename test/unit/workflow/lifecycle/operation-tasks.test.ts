import { expect, it } from "vitest";
import { DeploymentIndex, type OperationView, TaskGraphBuilder } from "../../../../src/workflow/index.ts";
import { addOperation } from "../../../../src/workflow/lifecycle/operation-tasks.ts";
import { deployment, instance, node, script } from "../deployments.ts";
import { counter } from "../simulated-worker.ts";

const CREATE = "cloudify.interfaces.lifecycle.create";

function taskOf(operation: Partial<OperationView>) {
  const app = node("app", [], { operations: { [CREATE]: { ...script, ...operation } } });
  const view = deployment([app], [instance("app_1")]);
  const builder = new TaskGraphBuilder({ newId: counter(), retries: { total: 7, interval: 3 } });
  for (const one of view.instances) addOperation(builder.top, new DeploymentIndex(view), one, CREATE);
  const [task] = builder.build();
  const executor = task?.work.type === "RemoteWorkflowTask" ? task.work.call.executor : undefined;
  return { totalRetries: task?.totalRetries, retryInterval: task?.retryInterval, executor };
}

it.each<[string, Partial<OperationView>, object]>([
  [
    "is tried as often as the manager says where it says nothing itself",
    { maxRetries: null, retryInterval: null, executor: null },
    { totalRetries: 7, retryInterval: 3, executor: "host_agent" },
  ],
  [
    "is tried as often as it says, be that never again or at once",
    { maxRetries: 0, retryInterval: 0 },
    { totalRetries: 0, retryInterval: 0, executor: "central_deployment_agent" },
  ],
  [
    "may be tried for ever",
    { maxRetries: -1, retryInterval: 2 },
    { totalRetries: -1, retryInterval: 2, executor: "central_deployment_agent" },
  ],
])("an operation %s", (_, operation, expected) => {
  expect(taskOf(operation)).toEqual(expected);
});
