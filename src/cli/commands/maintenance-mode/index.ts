import { group } from "../../command.ts";
import { activate } from "./activate.ts";
import { deactivate } from "./deactivate.ts";
import { status } from "./status.ts";

export const maintenanceMode = group({
  name: "maintenance-mode",
  summary: "Keep the server from changing while it is looked after",
  commands: [status, activate, deactivate],
});
