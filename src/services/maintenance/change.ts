import type { Json } from "../../api/resources.ts";
import type { Repositories, UnitOfWork } from "../../storage/index.ts";
import { recordChange } from "../audit/record.ts";
import { dequeueExecutions } from "../executions/dequeue.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import { Refusal } from "../refusal.ts";
import { type MaintenanceState, maintenanceState, OFF, storeMaintenanceState } from "./state.ts";

type Shown = MaintenanceState & { remaining_executions: Json[] | null };

/** The mode as it is: entering it ends when the last execution does. */
export async function currentMaintenance(read: Repositories): Promise<Shown> {
  const state = await maintenanceState(read);
  if (state.status !== "activating") return { ...state, remaining_executions: null };
  const remaining = await remainingExecutions(read);
  if (remaining.length > 0) return { ...state, remaining_executions: remaining };
  return { ...state, status: "activated", remaining_executions: null };
}

/** @throws not_modified when it is on, or being entered, already */
export async function activateMaintenance(tx: UnitOfWork, who: Identity): Promise<Shown> {
  authorize(who, "maintenance_mode_set");
  if ((await maintenanceState(tx)).status !== "deactivated")
    throw new Refusal("not_modified", "Maintenance mode is on");
  const remaining = await remainingExecutions(tx);
  const now = tx.now();
  const state: MaintenanceState = {
    status: remaining.length > 0 ? "activating" : "activated",
    activated_at: remaining.length > 0 ? "" : now,
    activation_requested_at: now,
    requested_by: who.username,
  };
  await storeMaintenanceState(tx, state);
  await recordChange(tx, who, "maintenance", "maintenance", "update");
  // The list stands in a list of its own: clients of this API have always got it so.
  return { ...state, remaining_executions: [remaining] };
}

/** Executions that waited meanwhile start. @throws not_modified when it is off already */
export async function deactivateMaintenance(tx: UnitOfWork, who: Identity): Promise<Shown> {
  authorize(who, "maintenance_mode_set");
  const state = await maintenanceState(tx);
  if (state.status === "deactivated") throw new Refusal("not_modified", "Maintenance mode is off");
  await storeMaintenanceState(tx, OFF);
  await recordChange(tx, who, "maintenance", "maintenance", "update");
  await dequeueExecutions(tx);
  tx.publish("schedules");
  return { ...state, status: "deactivated", remaining_executions: null };
}

const remainingExecutions = async (read: Repositories): Promise<Json[]> =>
  (await read.executions.allActive()).map(({ id, status, deployment_id, workflow_id }) => ({
    id,
    status,
    deployment_id,
    workflow_id,
  }));
