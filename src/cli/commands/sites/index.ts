import { group } from "../../command.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { update } from "./update.ts";

export const sites = group({
  name: "sites",
  summary: "Keep the places that deployments stand on",
  commands: [create, list, get, update, remove],
});
