/** The workflow engine: task graphs, the state machine that runs them, and the built-in workflows. */
export { advance } from "./advance.ts";
export type * from "./command.ts";
export type * from "./deployment-view.ts";
export { failureText, type GraphError, type TaskFailure } from "./failure.ts";
export { type BuilderOptions, dryRunOf, type Step, TaskGraphBuilder } from "./graph-builder.ts";
export { createGraph, type GraphOptions, type GraphState } from "./graph-state.ts";
export type * from "./happening.ts";
export { DeploymentIndex } from "./lifecycle/deployment-index.ts";
export { type InstanceLifecycle, instanceTasks } from "./lifecycle/instance-tasks.ts";
export * from "./program.ts";
export { restoreGraph } from "./restore.ts";
export { fromStoredOperation, type StoredOperation, toStoredOperation } from "./stored-operations.ts";
export * from "./task.ts";
export { BUILT_IN_WORKFLOWS } from "./workflows/index.ts";
export { type LifecyclePart, lifecyclePart } from "./workflows/lifecycle-part.ts";
