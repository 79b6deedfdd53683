import { argument } from "../../../command.ts";
import { deploymentId } from "../deployment-id.ts";

/** A schedule has its id within its deployment. */
export const scheduleArguments = {
  deploymentId,
  scheduleId: argument({ help: "Id of the schedule", complete: "deployment-schedule" }),
};
