import { usageError } from "../errors.ts";
import { parseMoment } from "./moment.ts";

const UNITS: Record<string, "minute" | "hour" | "day" | "week" | "month" | "year"> = {
  min: "minute",
  minute: "minute",
  h: "hour",
  hour: "hour",
  d: "day",
  day: "day",
  w: "week",
  week: "week",
  mo: "month",
  month: "month",
  y: "year",
  year: "year",
};

const FORMS = 'Write "2026-05-01 12:00", 2026-05-01T12:00:00Z, seconds since 1970, or from now: "+2 hours".';

const FIXED = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 };

/** What clocks show is another moment in each zone. All else, as seconds since 1970, is the same moment everywhere. */
const ON_CLOCKS = /^\d{4}-\d{2}-\d{2}([T ][\d:.]+)?$/;

/**
 * A time at which something is to happen: one that the clocks of a zone show (by default those of this machine), an ISO
 * time with its own zone, seconds since 1970, or a span from now, as `+2 hours` or `+1 day`: that to the minute.
 */
export function scheduledMoment(text: string, now: number, timeZone: string | undefined): Date {
  const word = text.trim();
  if (word.startsWith("+")) return afterNow(word, now);
  const moment = parseMoment(word, now, FORMS);
  return ON_CLOCKS.test(word) ? onTheClocksOf(timeZone, moment) : moment;
}

function afterNow(text: string, now: number): Date {
  const [, amount, word = ""] = /^\+\s*(\d+)\s*([a-z]+?)s?$/i.exec(text) ?? [];
  const unit = UNITS[word.toLowerCase()];
  if (amount === undefined || unit === undefined) {
    throw usageError(`"${text}" is no span of time`, {
      hint: 'Write "+30 minutes", "+2 hours", "+1 day", "+1 month".',
    });
  }
  const date = new Date(now);
  date.setUTCSeconds(0, 0);
  if (unit === "month" || unit === "year") {
    const day = date.getUTCDate();
    date.setUTCMonth(date.getUTCMonth() + Number(amount) * (unit === "year" ? 12 : 1));
    // The same day of a month that is too short for it is its last one.
    if (date.getUTCDate() !== day) date.setUTCDate(0);
    return date;
  }
  return new Date(date.getTime() + Number(amount) * FIXED[unit]);
}

/** The moment at which clocks of the zone show what UTC's show at `shown`. */
function onTheClocksOf(timeZone: string | undefined, shown: Date): Date {
  const guess = new Date(shown.getTime() - offsetOf(timeZone, shown));
  // Beside a change of the clocks the offset of the guess may be another one.
  return new Date(shown.getTime() - offsetOf(timeZone, guess));
}

/** Milliseconds by which the zone's clocks are ahead of UTC. */
function offsetOf(timeZone: string | undefined, date: Date): number {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 1, day = 1] = [parts.get("year"), parts.get("month"), parts.get("day")];
  const shown = Date.UTC(year, month - 1, day, parts.get("hour"), parts.get("minute"), parts.get("second"));
  return shown - Math.floor(date.getTime() / 1000) * 1000;
}

function formatIn(timeZone: string | undefined): Intl.DateTimeFormat {
  const numeric = "numeric" as const;
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...fields, hourCycle: "h23", timeZone });
  } catch (cause) {
    throw usageError(`There is no time zone ${timeZone}`, { hint: "Write one as Europe/London, or UTC.", cause });
  }
}
