import { badParameters } from "../refusal.ts";

/** Longer names first: the first that fits is taken. */
const UNITS: readonly [RegExp, (moment: Date, count: number) => void][] = [
  [/^(?:s|secs?|seconds?)$/, (moment, count) => moment.setUTCSeconds(moment.getUTCSeconds() + count)],
  [/^(?:m|mins?|minutes?)$/, (moment, count) => moment.setUTCMinutes(moment.getUTCMinutes() + count)],
  [/^(?:h|hrs?|hours?)$/, (moment, count) => moment.setUTCHours(moment.getUTCHours() + count)],
  [/^(?:d|days?)$/, (moment, count) => moment.setUTCDate(moment.getUTCDate() + count)],
  [/^(?:w|wks?|weeks?)$/, (moment, count) => moment.setUTCDate(moment.getUTCDate() + 7 * count)],
  [/^(?:mo|months?)$/, (moment, count) => moment.setUTCMonth(moment.getUTCMonth() + count)],
  [/^(?:y|yrs?|years?)$/, (moment, count) => moment.setUTCFullYear(moment.getUTCFullYear() + count)],
];

/**
 * When a token ends to be valid: a moment (in UTC unless it says otherwise), or `+3 days`, `+1h`, `+2w 3d` from now.
 * @throws bad_parameters_error when it is neither, or has passed
 */
export function parseExpiration(text: string, now: string): string {
  const moment = text.startsWith("+") ? later(text, now) : absolute(text);
  const expiration = moment.toISOString();
  if (expiration <= now) throw badParameters(`The expiration date ${text} has passed`);
  return expiration;
}

function later(text: string, now: string): Date {
  const moment = new Date(now);
  const parts = [...text.matchAll(/\+?\s*(\d+)\s*([a-z]+)/gi)];
  const rest = text.replaceAll(/\+?\s*\d+\s*[a-z]+/gi, "").trim();
  if (parts.length === 0 || rest !== "") throw notATime(text);
  for (const [, count = "", name = ""] of parts) {
    const [, add] = UNITS.find(([unit]) => unit.test(name.toLowerCase())) ?? [];
    if (!add) throw notATime(text);
    add(moment, Number(count));
  }
  if (Number.isNaN(moment.getTime())) throw notATime(text);
  return moment;
}

function absolute(text: string): Date {
  const written = text.trim().replace(" ", "T");
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(written) ? written : written.includes("T") ? `${written}Z` : written;
  const moment = new Date(zoned);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(moment.getTime())) throw notATime(text);
  return moment;
}

const notATime = (text: string) =>
  badParameters(`\`${text}\` is no expiration date. Write it as 2026-01-31 10:30 or as +3 days`);
