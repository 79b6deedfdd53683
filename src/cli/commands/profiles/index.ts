import { group } from "../../command.ts";
import { deleteProfiles } from "./delete.ts";
import { exportAll } from "./export.ts";
import { importAll } from "./import.ts";
import { list } from "./list.ts";
import { set } from "./set.ts";
import { setCluster } from "./set-cluster.ts";
import { showCurrent } from "./show-current.ts";
import { unset } from "./unset.ts";
import { use } from "./use.ts";

export const profiles = group({
  name: "profiles",
  summary: "Choose what to talk to, and as whom",
  commands: [list, showCurrent, use, set, setCluster, unset, deleteProfiles, exportAll, importAll],
});
