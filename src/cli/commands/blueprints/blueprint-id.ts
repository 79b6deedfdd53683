import { argument } from "../../command.ts";

export const blueprintId = argument({ help: "Id of the blueprint", complete: "blueprint" });
