import { labelsGroup } from "../shapes/labels/index.ts";
import { DEPLOYMENT } from "./kind.ts";

/** `cfy deployments labels` */
export const labels = labelsGroup({
  ...DEPLOYMENT,
  read: async ({ deployments }, id) => (await deployments.get(id)).labels,
  write: async ({ deployments }, id, labels) => (await deployments.update(id, { labels })).labels,
});
