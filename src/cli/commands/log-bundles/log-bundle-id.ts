import { argument } from "../../command.ts";

export const logBundleId = argument({ help: "Id of the log bundle", complete: "log-bundle" });
