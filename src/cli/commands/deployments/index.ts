import { group } from "../../command.ts";
import { capabilities } from "./capabilities.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { filters } from "./filters.ts";
import { getUpdate } from "./get-update.ts";
import { groups } from "./groups/index.ts";
import { history } from "./history.ts";
import { inputs } from "./inputs.ts";
import { labels } from "./labels.ts";
import { list } from "./list.ts";
import { modifications } from "./modifications/index.ts";
import { outputs } from "./outputs.ts";
import { schedule } from "./schedule/index.ts";
import { setOwner } from "./set-owner.ts";
import { setSite } from "./set-site.ts";
import { setVisibility } from "./set-visibility.ts";
import { statusList } from "./status-list.ts";
import { summary } from "./summary.ts";
import { update } from "./update.ts";

export const deployments = group({
  name: "deployments",
  summary: "Create, list and delete deployments",
  commands: [
    create,
    list,
    statusList,
    inputs,
    outputs,
    capabilities,
    update,
    history,
    getUpdate,
    modifications,
    remove,
    labels,
    filters,
    groups,
    schedule,
    setSite,
    setVisibility,
    setOwner,
    summary,
  ],
});
