import { argument } from "../../command.ts";

export const username = argument({ help: "Name of the user", complete: "user" });
