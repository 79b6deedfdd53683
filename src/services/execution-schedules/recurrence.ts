import { RRuleTemporal } from "rrule-temporal";
import type { Json, JsonObject } from "../../api/resources.ts";
import { badParameters, Refusal } from "../refusal.ts";

/**
 * When a schedule runs: a rule of RFC 5545, or its simple form, or just once. With a `DTSTART;TZID=…` line of its own, a
 * rule of RFC 5545 goes by the clocks of that zone, also when they change; everything else goes by UTC.
 */
export type ScheduleRule = { rrule: string } | SimpleRule;

interface SimpleRule {
  /** As `2 weeks`; without it just once. */
  recurrence?: string | null;
  count?: number | null;
  weekdays?: string[] | null;
}

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
/** A rule that still has found nothing after so many tries never comes true. */
const MOST_TRIES = 200_000;

/**
 * The rule that a request describes. What it leaves out of the simple form stays as it was in `present`.
 * @throws bad_parameters_error for two rules at once, none at all, or an expression that means nothing
 */
export function parseRule(asked: JsonObject, since: string, present: ScheduleRule = {}): ScheduleRule {
  const { rrule, recurrence, weekdays, count } = asked;
  // Clients that give a rule name no days, and send them all the same.
  const namesDays = Array.isArray(weekdays) ? weekdays.length > 0 : weekdays;
  if (rrule && (recurrence || namesDays || count)) {
    throw badParameters("`rrule` cannot be provided together with `recurrence`, `weekdays` or `count`.");
  }
  const rule = rrule ? { rrule: String(rrule) } : simpleRuleIn(asked, "rrule" in present ? {} : present);
  const isEver = nextOccurrence(rule, { since, until: null }, Date.parse(since) - 1) !== null;
  if (!isEver) throw badParameters("invalid RRULE string provided: it never comes true");
  return rule;
}

function simpleRuleIn({ recurrence, weekdays, count }: JsonObject, present: SimpleRule): SimpleRule {
  const isListOfDays = Array.isArray(weekdays) && weekdays.every((day) => typeof day === "string");
  if (weekdays && !isListOfDays)
    throw badParameters(`weekdays must be a list of days, got ${JSON.stringify(weekdays)}`);
  const rule = {
    recurrence: recurrence ? String(recurrence) : (present.recurrence ?? null),
    count: count === undefined || count === null ? (present.count ?? null) : countOf(count),
    weekdays: isListOfDays && weekdays.length > 0 ? weekdays : (present.weekdays ?? null),
  };
  if (rule.recurrence === null && rule.count !== 1) {
    throw badParameters("recurrence must be specified for execution count larger than 1");
  }
  return rule;
}

function countOf(count: Json): number {
  const isNumber = typeof count === "number" || (typeof count === "string" && /^\d+$/.test(count));
  if (isNumber && Number.isInteger(Number(count)) && Number(count) > 0) return Number(count);
  throw badParameters(`count must be a whole number above 0, got ${JSON.stringify(count)}`);
}

interface Span {
  since: string;
  until: string | null;
}

/** The first occurrence after a moment (milliseconds); null when there is none left. */
export function nextOccurrence(rule: ScheduleRule, span: Span, after: number): string | null {
  const { value } = occurrences(rule, span, after).next();
  return value === undefined ? null : new Date(value).toISOString();
}

/** The occurrences after a moment that can be worked out, at most so many, as `YYYY-MM-DD HH:MM:SS`. */
export function nextOccurrences(rule: ScheduleRule, span: Span, after: number, most: number): string[] {
  const found: string[] = [];
  try {
    for (const occurrence of occurrences(rule, span, after)) {
      if (found.push(new Date(occurrence).toISOString().slice(0, 19).replace("T", " ")) === most) break;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return found;
}

/** Moments in milliseconds, each found when it is asked for: most rules have no end. */
function* occurrences(rule: ScheduleRule, span: Span, after: number): Generator<number, undefined> {
  const until = span.until === null ? Number.POSITIVE_INFINITY : Date.parse(span.until);
  try {
    const recurrence = new RRuleTemporal({
      rruleString: iCalendar(rule, span.since),
      maxIterations: MOST_TRIES,
      maxCandidateEvaluations: MOST_TRIES,
    });
    for (let from = after; ; ) {
      const next = recurrence.next(new Date(from))?.epochMilliseconds;
      if (next === undefined || next > until) return;
      yield next;
      from = next;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw badParameters(`invalid RRULE string provided: ${error instanceof Error ? error.message : error}`);
  }
}

/** The lines that a calendar would hold. */
function iCalendar(rule: ScheduleRule, since: string): string {
  const lines = "rrule" in rule ? rule.rrule.split("\n").map((line) => line.trim()) : [simpleRule(rule)];
  const named = lines.map((line) => (/^[A-Z]+[;:]/i.test(line) ? line : `RRULE:${line}`));
  const starts = named.some((line) => /^DTSTART[;:]/i.test(line));
  return [...(starts ? [] : [`DTSTART:${wholeSecond(since)}`]), ...named].join("\n");
}

/** Not before the time that was asked for. */
const wholeSecond = (time: string): string =>
  new Date(Math.ceil(Date.parse(time) / 1000) * 1000).toISOString().replace(/[-:]|\.\d+/g, "");

function simpleRule({ recurrence = null, count = null, weekdays }: SimpleRule): string {
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
