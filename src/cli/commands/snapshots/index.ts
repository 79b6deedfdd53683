import { group } from "../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { download } from "./download.ts";
import { list } from "./list.ts";
import { restore } from "./restore.ts";
import { status } from "./status.ts";
import { upload } from "./upload.ts";

export const snapshots = group({
  name: "snapshots",
  summary: "Save and restore the state of the server",
  commands: [create, list, download, upload, restore, status, remove],
});
