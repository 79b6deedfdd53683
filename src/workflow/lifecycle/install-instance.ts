import { NODE_INSTANCE_STATES, type NodeInstanceState } from "../../api/statuses.ts";
import type { InstanceView } from "../deployment-view.ts";
import { type DeploymentIndex, isOfType } from "./deployment-index.ts";
import { addHostStart, COMPUTE } from "./host-tasks.ts";
import { hasOperation, type InstanceSteps } from "./instance-steps.ts";
import { lifecycle, monitoring, relationshipLifecycle, validation } from "./operation-names.ts";

/**
 * What brings an instance to `started`. Steps that it has passed already are left out, operations that nothing
 * implements become an event, and when there is nothing to call at all the instance is just started.
 */
export function installInstance(steps: InstanceSteps): void {
  const { index, instance } = steps;
  if (!hasWork(index, instance)) {
    steps.mark("Node instance started (nothing to do)", "started");
    return;
  }
  steps.mark(undefined, "initializing");
  if (isPast(instance, "creating")) {
    steps.mark("Validating node instance before creation: nothing to do");
    steps.mark("Precreating node instance: nothing to do");
  } else {
    steps.operation(validation("create"), {
      before: "Validating node instance before creation",
      after: "Node instance validated before creation",
      otherwise: "Validating node instance before creation: nothing to do",
    });
    steps.operation(lifecycle("precreate"), {
      before: "Precreating node instance",
      after: "Node instance precreated",
      otherwise: "Precreating node instance: nothing to do",
    });
  }
  create(steps);
  configure(steps);
  start(steps);
  steps.mark("Node instance started", "started");
}

/** An instance found in `creating` is created again. */
function create(steps: InstanceSteps): void {
  const otherwise = "Creating node instance: nothing to do";
  if (isPast(steps.instance, "created")) {
    steps.mark(otherwise);
  } else {
    steps.operation(lifecycle("create"), {
      before: "Creating node instance",
      stateBefore: "creating",
      after: "Node instance created",
      stateAfter: "created",
      otherwise,
    });
  }
}

function configure(steps: InstanceSteps): void {
  const otherwise = "Configuring node instance: nothing to do";
  if (isPast(steps.instance, "configured")) {
    steps.mark(otherwise);
  } else {
    steps.relationships(relationshipLifecycle("preconfigure"), {
      before: "Pre-configuring relationships",
      after: "Relationships pre-configured",
    });
    steps.operation(lifecycle("configure"), {
      before: "Configuring node instance",
      stateBefore: "configuring",
      after: "Node instance configured",
      stateAfter: "configured",
      otherwise,
    });
  }
  steps.relationships(relationshipLifecycle("postconfigure"), {
    before: "Post-configuring relationships",
    after: "Relationships post-configured",
  });
}

function start(steps: InstanceSteps): void {
  steps.operation(lifecycle("start"), {
    before: "Starting node instance",
    stateBefore: "starting",
    otherwise: "Starting node instance: nothing to do",
  });
  if (isOfType(steps.index.nodeOf(steps.instance), COMPUTE)) addHostStart(steps);
  steps.operation(lifecycle("poststart"), {
    before: "Poststarting node instance",
    after: "Node instance poststarted",
    otherwise: "Poststarting node instance: nothing to do",
  });
  steps.operation(monitoring("start"));
  steps.relationships(relationshipLifecycle("establish"), {
    before: "Establishing relationships",
    after: "Relationships established",
  });
}

/** A host is always waited for, so it always has something to do. */
function hasWork(index: DeploymentIndex, instance: InstanceView): boolean {
  if (isPast(instance, "started")) return false;
  const operations = [
    ...(isPast(instance, "creating") ? [] : [validation("create"), lifecycle("precreate")]),
    ...(isPast(instance, "created") ? [] : [lifecycle("create")]),
    ...(isPast(instance, "configured") ? [] : [lifecycle("configure")]),
    lifecycle("start"),
    lifecycle("poststart"),
    monitoring("start"),
  ];
  const onRelationships = [
    ...(isPast(instance, "configured") ? [] : ["preconfigure"]),
    "postconfigure",
    "establish",
  ].map(relationshipLifecycle);
  return (
    isOfType(index.nodeOf(instance), COMPUTE) ||
    operations.some((operation) => index.implementation(instance, operation)) ||
    index.relationshipsOf(instance).some((one) => onRelationships.some((operation) => hasOperation(one, operation)))
  );
}

/** Whether the instance is in this state or one that an install reaches later. */
function isPast({ state }: InstanceView, milestone: NodeInstanceState): boolean {
  const at = NODE_INSTANCE_STATES.indexOf(state);
  return at >= NODE_INSTANCE_STATES.indexOf(milestone) && at <= NODE_INSTANCE_STATES.indexOf("started");
}
