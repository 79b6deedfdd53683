import { group } from "../../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { extend } from "./extend.ts";
import { labels } from "./labels.ts";
import { list } from "./list.ts";
import { shrink } from "./shrink.ts";
import { update } from "./update.ts";
import { updateDeployments } from "./update-deployments.ts";

export const groups = group({
  name: "groups",
  summary: "Look after many deployments at once",
  commands: [create, list, extend, shrink, update, updateDeployments, remove, labels],
});
