import { argument } from "../../../command.ts";

export const modificationId = argument({
  help: "Id of the deployment modification",
  complete: "deployment-modification",
});
