import type { Repositories } from "../../storage/index.ts";

export type MaintenanceStatus = "deactivated" | "activating" | "activated";

export interface MaintenanceState {
  status: MaintenanceStatus;
  activated_at: string;
  activation_requested_at: string;
  requested_by: string;
}

const SETTING = "maintenance";

export const OFF: MaintenanceState = {
  status: "deactivated",
  activated_at: "",
  activation_requested_at: "",
  requested_by: "",
};

export const maintenanceState = async (read: Pick<Repositories, "settings">): Promise<MaintenanceState> =>
  ((await read.settings.get(SETTING)) as unknown as MaintenanceState | undefined) ?? OFF;

export const storeMaintenanceState = (tx: Pick<Repositories, "settings">, state: MaintenanceState): Promise<void> =>
  tx.settings.set(SETTING, { ...state });

export const isMaintenanceActivated = async (read: Pick<Repositories, "settings">): Promise<boolean> =>
  (await maintenanceState(read)).status === "activated";
