import type { Recurrence } from "../../../../client/resources/execution-schedules.ts";
import { flag, natural, text, type ValuesOf } from "../../../command.ts";
import type { Context } from "../../../context.ts";
import { wireMoment } from "../../../inputs/moment.ts";
import { scheduledMoment } from "../../../inputs/scheduled-moment.ts";

const MOMENTS = '"2026-05-01 12:00", or from now: "+2 hours"';

export const sinceOption = { flags: ["-s", "--since"], metavar: "TIME", help: `The first time: ${MOMENTS}` } as const;

/** The span of time in which a schedule runs something. */
export const spanOptions = {
  until: text({ flags: ["-u", "--until"], metavar: "TIME", help: `Not after this: ${MOMENTS}` }),
  timeZone: text({
    flags: ["--tz"],
    metavar: "ZONE",
    help: "The time zone of these times, as Europe/London; by default the one of this machine",
  }),
};

/** How often, and how strictly. */
export const recurrenceOptions = {
  recurrence: text({
    flags: ["-r", "--recurrence"],
    metavar: "SPAN",
    help: 'How often: "30 minutes", "1 day", "2 weeks"; without it, --count 1: once',
  }),
  count: natural({ flags: ["-c", "--count"], metavar: "N", help: "So many times at most" }),
  weekdays: text({
    flags: ["--weekdays"],
    metavar: "DAYS",
    multiple: true,
    help: "Only on these: su, mo, tu, we, th, fr, sa; 1mo is the first Monday of a month",
  }),
  rrule: text({ flags: ["--rrule"], metavar: "RULE", help: "A recurrence rule of iCalendar, instead of these" }),
  slip: natural({
    flags: ["--slip"],
    metavar: "MINUTES",
    default: 0,
    help: "Start it this much too late rather than not at all",
  }),
};

/** A rule says itself how often, how many times and on which days. */
export const RULE_OR_PARTS = [
  ["rrule", "recurrence"],
  ["rrule", "count"],
  ["rrule", "weekdays"],
] as const;

export const stopOnFailFlags = { flags: ["--stop-on-fail"], help: "No more after one has failed" } as const;
export const stopOnFailOption = flag(stopOnFailFlags);

type Given = ValuesOf<typeof spanOptions & typeof recurrenceOptions> & { since: string | undefined };

export function recurrenceIn(given: Given, ctx: Context): Recurrence & { slip: number } {
  const { recurrence = null, count = null, rrule = null, weekdays, slip } = given;
  return { ...spanIn(given, ctx), recurrence, count, weekdays: weekdays.flatMap(namesOfDays), rrule, slip };
}

/** `mo,we` and `mo we` are two. */
const namesOfDays = (text: string): string[] => text.split(/[\s,]+/).filter((day) => day !== "");

/** Times without a zone, which are UTC for the server. */
export function spanIn(
  { since, until, timeZone }: { since: string | undefined; until: string | undefined; timeZone: string | undefined },
  ctx: Context,
): { since: string | null; until: string | null } {
  const zone = timeZone ?? ctx.env.TZ;
  const moment = (text: string | undefined) =>
    text === undefined ? null : wireMoment(scheduledMoment(text, ctx.clock.now(), zone));
  return { since: moment(since), until: moment(until) };
}
