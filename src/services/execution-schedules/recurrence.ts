import { RRuleTemporal } from "rrule-temporal";
import type { JsonObject } from "../../api/resources.ts";
import { badParameters } from "../refusal.ts";

/** When a schedule runs: a rule of RFC 5545, or its simple form, or just once. */
export type ScheduleRule =
  | { rrule: string }
  | { recurrence: string | null; count: number | null; weekdays: string[] | null };

const FREQUENCIES: readonly [RegExp, string][] = [
  [/^sec(ond)?s?$/, "SECONDLY"],
  [/^min(ute)?s?$/, "MINUTELY"],
  [/^h(our)?s?$/, "HOURLY"],
  [/^d(ay)?s?$/, "DAILY"],
  [/^w(eek)?s?$/, "WEEKLY"],
  [/^mo(nth)?s?$/, "MONTHLY"],
  [/^y(ear)?s?$/, "YEARLY"],
];
const WEEKDAY = /^(?:(L|[1-4])-?)?(SU|MO|TU|WE|TH|FR|SA)$/;
/** How many occurrences a single schedule shows. */
const SHOWN_OCCURRENCES = 1000;

/**
 * The rule that a request describes.
 * @throws bad_parameters_error for two rules at once, none at all, or an expression that means nothing
 */
export function parseRule({ rrule, recurrence, weekdays, count }: JsonObject, since: string): ScheduleRule {
  if (rrule) {
    if (recurrence || weekdays || count) {
      throw badParameters("`rrule` cannot be provided together with `recurrence`, `weekdays` or `count`.");
    }
    const rule = { rrule: String(rrule) };
    ruleSet(rule, { since, until: null });
    return rule;
  }
  if (!recurrence && count !== 1) throw badParameters("recurrence must be specified for execution count larger than 1");
  const rule = {
    recurrence: recurrence ? String(recurrence) : null,
    count: typeof count === "number" ? count : null,
    weekdays: Array.isArray(weekdays) ? weekdays.map((day) => String(day)) : null,
  };
  ruleSet(rule, { since, until: null });
  return rule;
}

interface Span {
  since: string;
  until: string | null;
}

/** The first occurrence after a moment (milliseconds); null when there is none left. */
export function nextOccurrence(rule: ScheduleRule, span: Span, after: number): string | null {
  const next = ruleSet(rule, span).next(new Date(after));
  return next && isWithin(next.epochMilliseconds, span) ? new Date(next.epochMilliseconds).toISOString() : null;
}

/** The occurrences after a moment, `YYYY-MM-DD HH:MM:SS`. */
export function nextOccurrences(rule: ScheduleRule, span: Span, after: number): string[] {
  const found: string[] = [];
  let from = after;
  while (found.length < SHOWN_OCCURRENCES) {
    const next = nextOccurrence(rule, span, from);
    if (next === null) break;
    found.push(next.slice(0, 19).replace("T", " "));
    from = Date.parse(next);
  }
  return found;
}

const isWithin = (milliseconds: number, { until }: Span): boolean =>
  until === null || milliseconds <= Date.parse(until);

function ruleSet(rule: ScheduleRule, { since }: Span): RRuleTemporal {
  const start = since.replace(/[-:]|\.\d+/g, "");
  const written = "rrule" in rule ? rule.rrule.replace(/^RRULE:/, "") : simpleRule(rule);
  try {
    return new RRuleTemporal({ rruleString: `DTSTART:${start}\nRRULE:${written}` });
  } catch (error) {
    throw badParameters(`invalid RRULE string provided: ${error instanceof Error ? error.message : error}`);
  }
}

function simpleRule({ recurrence, count, weekdays }: Exclude<ScheduleRule, { rrule: string }>): string {
  const { interval, frequency } =
    recurrence === null ? { interval: 1, frequency: "DAILY" } : parseRecurrence(recurrence);
  const days = (weekdays ?? []).map((day) => parseWeekday(day, frequency));
  return [
    `FREQ=${frequency}`,
    `INTERVAL=${interval}`,
    ...(count === null ? [] : [`COUNT=${count}`]),
    ...(days.length === 0 ? [] : [`BYDAY=${days.join(",")}`]),
  ].join(";");
}

function parseRecurrence(text: string): { interval: number; frequency: string } {
  const [, number, unit = ""] = /^\s*(\d+)?\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const frequency = FREQUENCIES.find(([pattern]) => pattern.test(unit.toLowerCase()))?.[1];
  if (frequency && number !== "0") return { interval: Number(number ?? 1), frequency };
  throw badParameters(
    `${text} is not a legal recurrence expression. Supported format is: <number> seconds|minutes|...`,
  );
}

function parseWeekday(day: string, frequency: string): string {
  const [, place, name] = WEEKDAY.exec(day.trim().toUpperCase()) ?? [];
  if (!name) throw badParameters(`weekdays list contains an invalid weekday \`${day}\`. Valid: SU|MO|TU|WE|TH|FR|SA`);
  if (place && frequency !== "MONTHLY" && frequency !== "YEARLY") {
    throw badParameters(`complex weekday expression ${day} can only be used with a months|years recurrence`);
  }
  return `${place === "L" ? "-1" : (place ?? "")}${name}`;
}
