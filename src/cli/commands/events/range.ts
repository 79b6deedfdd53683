import { text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { pastMoment, wireMoment } from "../../inputs/moment.ts";

/** Events of a span of time. */
export const rangeOptions = {
  from: text({ flags: ["--from"], metavar: "TIME", help: "Only those since then" }),
  to: text({ flags: ["--to"], metavar: "TIME", help: "Only those until then" }),
  before: text({ flags: ["--before"], metavar: "TIME", help: 'The same as --to; also as "2 weeks ago"' }),
};

interface Range {
  from: string | undefined;
  to: string | undefined;
  before: string | undefined;
}

/** The span as a query carries it; undefined when there is none. */
export function rangeQuery({ from, to, before }: Range, now: number): string | undefined {
  if (to !== undefined && before !== undefined) throw usageError("--to and --before mean the same: give one of them");
  const end = to ?? before;
  if (from === undefined && end === undefined) return undefined;
  const moment = (written: string | undefined): string =>
    written === undefined ? "" : wireMoment(pastMoment(written, now));
  return `@timestamp,${moment(from)},${moment(end)}`;
}
