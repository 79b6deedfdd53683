import { labelsGroup } from "../shapes/labels/index.ts";
import { BLUEPRINT } from "./kind.ts";

/** `cfy blueprints labels` */
export const labels = labelsGroup({
  ...BLUEPRINT,
  read: async ({ blueprints }, id) => (await blueprints.get(id)).labels,
  write: async ({ blueprints }, id, labels) => (await blueprints.update(id, { labels })).labels,
});
