import { relativeTime } from "../../lib/relative-time.ts";
import { badParameters } from "../refusal.ts";

/**
 * When a token ends to be valid: a moment (in UTC unless it says otherwise), or `+3 days`, `+1h`, `+2w 3d` from now.
 * @throws bad_parameters_error when it is neither, or has passed
 */
export function parseExpiration(text: string, now: string): string {
  const moment = text.startsWith("+") ? relativeTime(text, Date.parse(now)) : absolute(text);
  if (!moment) throw notATime(text);
  const expiration = moment.toISOString();
  if (expiration <= now) throw badParameters(`The expiration date ${text} has passed`);
  return expiration;
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
