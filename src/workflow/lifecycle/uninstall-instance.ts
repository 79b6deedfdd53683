import type { NodeInstanceState } from "../../api/statuses.ts";
import { isOfType } from "./deployment-index.ts";
import { addHostStop, COMPUTE } from "./host-tasks.ts";
import type { InstanceSteps } from "./instance-steps.ts";
import { lifecycle, monitoring, relationshipLifecycle, validation } from "./operation-names.ts";

type States = readonly NodeInstanceState[];
const NEEDS_NO_STOP: States = ["stopped", "deleting", "deleted", "uninitialized", "configured"];
const IS_STOPPED: States = ["stopped", "deleting", "deleted"];
const NEEDS_NO_DELETE: States = ["deleted", "uninitialized"];

/** Deletion is validated before the stop, and only then; "after" is what everybody's log readers know. */
const NOT_VALIDATED = "Validating node instance after deletion: nothing to do";

/** What brings an instance to `deleted`, from whatever state it is in. */
export function uninstallInstance(steps: InstanceSteps): void {
  const { state } = steps.instance;
  if (NEEDS_NO_STOP.includes(state)) {
    steps.mark(NOT_VALIDATED);
    steps.mark(`Stop: instance already ${state}`);
  } else {
    stopInstance(steps);
  }
  if (!IS_STOPPED.includes(state)) steps.mark(undefined, "stopped");
  if (NEEDS_NO_DELETE.includes(state)) steps.mark(`Delete: instance already ${state}`);
  else deleteInstance(steps);
  if (state !== "deleted") steps.mark("Deleted node instance", "deleted");
}

/** Takes back what a failed or cancelled install left half done: to `configured` or to `uninitialized`. */
export function rollbackInstance(steps: InstanceSteps): void {
  const { state } = steps.instance;
  if (state === "starting") {
    stopInstance(steps);
    steps.mark(undefined, "configured");
  } else {
    steps.mark(NOT_VALIDATED);
    steps.mark(`Rollback Stop: nothing to do, instance state is ${state}`);
  }
  if (state === "creating" || state === "configuring") {
    deleteInstance(steps);
    steps.mark(undefined, "uninitialized");
  } else {
    steps.mark(`Rollback Delete: nothing to do, instance state is ${state}`);
  }
  steps.mark("Rollbacked node instance");
}

/** Before a resumed install calls an operation again that may have been half done. */
export function cleanUpBeforeResume(steps: InstanceSteps): void {
  steps.mark("Rolling back prior to resuming install");
  if (steps.instance.state === "starting") {
    steps.operation(lifecycle("prestop"), { before: "Prestopping node instance", after: "Node instance prestopped" });
    if (isOfType(steps.index.nodeOf(steps.instance), COMPUTE)) addHostStop(steps);
    steps.operation(lifecycle("stop"), { after: "Stopped node instance" });
  } else {
    steps.operation(lifecycle("delete"), { before: "Deleting node instance", after: "Deleted node instance" });
    postdelete(steps);
  }
  steps.mark("Finished rolling back, now resuming install");
}

function stopInstance(steps: InstanceSteps): void {
  steps.mark("Stopping node instance", "stopping");
  validateDeletion(steps);
  steps.operation(monitoring("stop"));
  steps.operation(lifecycle("prestop"), { before: "Prestopping node instance", after: "Node instance prestopped" });
  if (isOfType(steps.index.nodeOf(steps.instance), COMPUTE)) addHostStop(steps);
  steps.operation(lifecycle("stop"), {
    after: "Stopped node instance",
    otherwise: "Stopped node instance: nothing to do",
  });
}

function validateDeletion(steps: InstanceSteps): void {
  steps.operation(validation("delete"), {
    before: "Validating node instance before deletion",
    after: "Node instance validated before deletion",
    otherwise: NOT_VALIDATED,
  });
}

function deleteInstance(steps: InstanceSteps): void {
  steps.relationships(relationshipLifecycle("unlink"), {
    before: "Unlinking relationships",
    after: "Relationships unlinked",
    reverse: true,
  });
  steps.operation(lifecycle("delete"), {
    before: "Deleting node instance",
    stateBefore: "deleting",
    otherwise: "Deleting node instance: nothing to do",
  });
  postdelete(steps);
}

function postdelete(steps: InstanceSteps): void {
  steps.operation(lifecycle("postdelete"), {
    before: "Postdeleting node instance",
    after: "Node instance postdeleted",
  });
}
