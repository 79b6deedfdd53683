import { command, duration, flag, text } from "../../command.ts";
import { pagingOptions, sortOptions } from "../../options/common.ts";
import { showList } from "../list-page.ts";
import { auditMoment } from "./audit-moment.ts";
import { AUDIT_COLUMNS } from "./columns.ts";
import { followRecords } from "./follow-records.ts";
import { recordOptions } from "./options.ts";

/** `cfy auditlog list` */
export const list = command({
  name: "list",
  summary: "List who changed what, or watch it as it happens",
  options: {
    ...recordOptions,
    since: text({
      flags: ["-i", "--since"],
      metavar: "TIME",
      help: 'Only later ones: "2026-05-01 12:00", "2 hours ago", 10h, 3d, 2w, @SECONDS, now',
    }),
    follow: flag({ flags: ["-f", "--follow"], help: "Show records as they are made, until --timeout or Ctrl-C" }),
    timeout: duration({
      flags: ["--timeout"],
      default: 300,
      metavar: "DURATION",
      help: "With -f: how long; 0: for ever",
    }),
    ...sortOptions("created_at"),
    ...pagingOptions,
  },
  columns: AUDIT_COLUMNS,
  examples: [
    ["cfy auditlog list -c alice --since 3d", "what did she do lately?"],
    ["cfy auditlog list -f --since now", "what goes on at this moment?"],
  ],
  async run(ctx, { creatorName, executionId, since, follow, timeout, ...paging }) {
    const which = {
      creator_name: creatorName,
      execution_id: executionId,
      since: since === undefined ? undefined : auditMoment(since, ctx.clock.now()),
    };
    const { audit } = ctx.client();
    if (follow) return await followRecords(ctx, (signal) => audit.stream(which, { signal }), timeout);
    ctx.notice("Listing records of the audit log …");
    const order = { order_by: paging.sortBy, desc: paging.descending };
    return await showList(
      ctx,
      paging,
      ({ _offset: offset, _size: size }, call) => audit.page({ ...which, ...order, offset, size }, call),
      { title: "AuditLogs:", columns: AUDIT_COLUMNS, noun: "records" },
    );
  },
});
