import type { ExecutionSchedule } from "../../../../api/groups.ts";
import { argument, command, text } from "../../../command.ts";
import { allTenantsOption, pagingOptions, searchOption, sortOptions, tenantOption } from "../../../options/common.ts";
import { showList } from "../../list-page.ts";
import { SCHEDULE_COLUMNS } from "./columns.ts";
import { sinceOption, spanIn, spanOptions } from "./recurrence.ts";

const { size, ...offset } = pagingOptions;

/** `cfy deployments schedule list` */
export const list = command({
  name: "list",
  summary: "List schedules",
  arguments: {
    deploymentId: argument({ help: "Only those of this deployment", required: false, complete: "deployment" }),
  },
  options: {
    ...sortOptions("created_at"),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    search: searchOption,
    ...offset,
    // Its short form means --since here, as it always has.
    size: { ...size, flags: ["--pagination-size"] },
    since: text({ ...sinceOption, help: "Only those that run something after this" }),
    ...spanOptions,
    until: { ...spanOptions.until, help: "Only those that run something before this" },
  },
  columns: SCHEDULE_COLUMNS,
  examples: [
    ["cfy deployments schedule list my_deployment", "those of one deployment"],
    ['cfy deployments schedule list -u "+1 day"', "what will run until tomorrow?"],
  ],
  async run(ctx, { deploymentId, tenant, since, until, timeZone, ...paging }) {
    const span = spanIn({ since, until, timeZone }, ctx);
    ctx.notice("Listing schedules …");
    const { executionSchedules } = ctx.client({ tenant });
    const which = { deployment_id: deploymentId };
    return await showList(ctx, paging, (query, call) => executionSchedules.page({ ...query, ...which }, call), {
      title: "Deployment schedules:",
      columns: SCHEDULE_COLUMNS,
      noun: "schedules",
      select: (schedule) => runsWithin(schedule, span),
    });
  },
});

/** The server does not choose by time: it tells when each will run. */
function runsWithin(
  { all_next_occurrences: all, next_occurrence: next }: ExecutionSchedule,
  { since, until }: { since: string | null; until: string | null },
): boolean {
  if (since === null && until === null) return true;
  const times = (all ?? (next ? [next] : [])).map((time) => time.replace(" ", "T"));
  return times.some((time) => (since === null || time >= since) && (until === null || time <= until));
}
