import type { GroupMembers } from "../../../../client/resources/deployment-groups.ts";
import { text, type ValuesOf } from "../../../command.ts";
import { parseRules } from "../../../inputs/filter-rules.ts";
import { tenantOption } from "../../../options/common.ts";
import { filterOptions } from "../../../options/filter.ts";

/** Which deployments. */
export const memberOptions = {
  deploymentIds: text({
    flags: ["-d", "--deployment-id"],
    metavar: "DEPLOYMENT_ID",
    multiple: true,
    help: "This deployment; may be repeated",
    complete: "deployment",
  }),
  ...filterOptions,
  fromGroup: text({
    flags: ["--from-group"],
    metavar: "GROUP_ID",
    help: "Those of another group",
    complete: "deployment-group",
  }),
  tenant: tenantOption,
};

export const membersIn = (given: Omit<ValuesOf<typeof memberOptions>, "tenant">): GroupMembers => ({
  deployment_ids: given.deploymentIds.length > 0 ? given.deploymentIds : null,
  filter_id: given.filterId ?? null,
  filter_rules: parseRules(given),
  deployments_from_group: given.fromGroup ?? null,
});

/** True: nobody is chosen. */
export const isNobody = ({ filter_rules: rules = [], ...members }: GroupMembers): boolean =>
  rules.length === 0 && Object.values(members).every((value) => value === null || value === undefined);
