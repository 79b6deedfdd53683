import { argument } from "../../../command.ts";

export const groupId = argument({ help: "Id of the execution group", complete: "execution-group" });
