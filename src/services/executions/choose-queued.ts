/** How many executions one round of dequeuing takes at most. */
const ROUND_SIZE = 5;
/** Rounds after one execution has ended; what is left waits for the next end. */
export const MAXIMUM_ROUNDS = 5;
/** The manager's `max_concurrent_workflows`; it holds back the queue only, not a direct start. */
const MAXIMUM_ACTIVE = 20;

const CREATE_ENVIRONMENT = "create_deployment_environment";

export interface QueuedExecution {
  id: string;
  deployment_id: string | null;
  workflow_id: string;
  is_system_workflow: boolean;
  created_at: string;
  /** Ids of the groups it belongs to. */
  groups: readonly string[];
}

export interface Traffic {
  /** Deployments that an active execution keeps busy. */
  busyDeployments: ReadonlySet<string>;
  activeCount: number;
  /** How many more executions each group may run, by its id. */
  groupRoom: ReadonlyMap<string, number>;
}

/**
 * Which queued executions run next. `queued` is in order of arrival.
 * A workflow of the whole manager goes alone and first; else at most one per deployment, and creating a
 * deployment's environment goes before anything else on it.
 */
export function chooseQueued(
  queued: readonly QueuedExecution[],
  { busyDeployments, activeCount, groupRoom }: Traffic,
): string[] {
  const system = queued
    .filter((execution) => execution.is_system_workflow)
    .toSorted((one, other) => (one.created_at < other.created_at ? -1 : 1))[0];
  if (system) return [system.id];

  const awaitingCreation = new Set(
    queued.filter(({ workflow_id }) => workflow_id === CREATE_ENVIRONMENT).map(({ deployment_id }) => deployment_id),
  );
  const room = Math.min(ROUND_SIZE, MAXIMUM_ACTIVE - activeCount);
  const chosen: string[] = [];
  const taken = new Set<string>();
  const roomLeft = new Map(groupRoom);
  for (const { id, deployment_id, workflow_id, groups } of queued) {
    if (chosen.length >= room) break;
    if (groups.some((group) => (roomLeft.get(group) ?? 0) <= 0)) continue;
    if (deployment_id !== null) {
      if (taken.has(deployment_id)) continue;
      const creates = workflow_id === CREATE_ENVIRONMENT;
      if (!creates && (busyDeployments.has(deployment_id) || awaitingCreation.has(deployment_id))) continue;
      taken.add(deployment_id);
    }
    for (const group of groups) roomLeft.set(group, (roomLeft.get(group) ?? 0) - 1);
    chosen.push(id);
  }
  return chosen;
}
