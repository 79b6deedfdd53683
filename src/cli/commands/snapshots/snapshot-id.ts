import { argument } from "../../command.ts";

export const snapshotId = argument({ help: "Id of the snapshot", complete: "snapshot" });
