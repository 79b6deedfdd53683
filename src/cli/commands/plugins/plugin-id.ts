import { argument } from "../../command.ts";

export const pluginId = argument({ help: "Id of the plugin", complete: "plugin" });
