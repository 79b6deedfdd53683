import { group } from "../../command.ts";
import { capabilities } from "./capabilities.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { filters } from "./filters.ts";
import { groups } from "./groups/index.ts";
import { inputs } from "./inputs.ts";
import { labels } from "./labels.ts";
import { list } from "./list.ts";
import { outputs } from "./outputs.ts";
import { schedule } from "./schedule/index.ts";
import { setOwner } from "./set-owner.ts";
import { setSite } from "./set-site.ts";
import { setVisibility } from "./set-visibility.ts";
import { statusList } from "./status-list.ts";
import { summary } from "./summary.ts";

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
