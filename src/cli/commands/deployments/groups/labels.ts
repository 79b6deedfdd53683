import { labelsGroup } from "../../shapes/labels/index.ts";
import { deploymentGroupName } from "./group-name.ts";

/** `cfy deployments groups labels`: every deployment of the group gets them. */
export const labels = labelsGroup({
  noun: "deployment group",
  group: "deployments groups",
  id: { ...deploymentGroupName, metavar: "DEPLOYMENT_GROUP_NAME" },
  example: "edge",
  read: async ({ deploymentGroups }, id) => (await deploymentGroups.get(id)).labels,
  write: async ({ deploymentGroups }, id, labels) => (await deploymentGroups.put(id, { labels })).labels,
});
