import { argument } from "../../command.ts";

export const nodeInstanceId = argument({ help: "Id of the node instance", complete: "node-instance" });
