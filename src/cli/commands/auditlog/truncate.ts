import { command, text } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { auditMoment } from "./audit-moment.ts";
import { recordOptions } from "./options.ts";

/** `cfy auditlog truncate` */
export const truncate = command({
  name: "truncate",
  summary: "Delete old records of the audit log",
  options: {
    before: text({
      flags: ["-b", "--before"],
      metavar: "TIME",
      required: true,
      help: 'Those before: "2026-05-01 12:00", "2 weeks ago", 10h, 3d, 2w, @SECONDS, now',
    }),
    ...recordOptions,
  },
  examples: [["cfy auditlog truncate --before 52w", "keep those of a year"]],
  async run(ctx, { before, creatorName, executionId }) {
    const which = {
      before: auditMoment(before, ctx.clock.now()),
      creator_name: creatorName,
      execution_id: executionId,
    };
    const deleted = await ctx.client().audit.truncate(which);
    await ctx.output.document({ deleted }, () => `Deleted ${deleted} ${deleted === 1 ? "record" : "records"}\n`);
    return ExitCode.Ok;
  },
});
