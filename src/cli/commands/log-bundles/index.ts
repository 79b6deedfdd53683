import { group } from "../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { download } from "./download.ts";
import { list } from "./list.ts";

export const logBundles = group({
  name: "log-bundles",
  summary: "Gather the logs of the server",
  commands: [create, list, download, remove],
});
