import { usageError } from "../errors.ts";

const SECOND = 1000;
const MILLISECONDS: Record<string, number> = {
  second: SECOND,
  minute: 60 * SECOND,
  hour: 3600 * SECOND,
  day: 86_400 * SECOND,
  week: 7 * 86_400 * SECOND,
};

const FORMS = 'Write 2026-05-01, "2026-05-01 12:00", 2026-05-01T12:00:00Z, seconds since 1970, or "2 weeks ago".';

/**
 * A moment as people write it: `2026-05-01`, `2026-05-01 12:00`, an ISO time with or without zone, seconds since
 * 1970, or `2 weeks ago`. Without a zone it is UTC, as everything on the wire.
 */
export function parseMoment(text: string, now: number, forms = FORMS): Date {
  const word = text.trim();
  if (/^\d{9,11}(\.\d+)?$/.test(word)) return new Date(Number(word) * SECOND);
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(word);
  const date = iso ? new Date(`${iso[1]}T${iso[2] ?? "00:00"}${iso[3] ?? "Z"}`) : beforeNow(word, now);
  if (date && !Number.isNaN(date.getTime())) return date;
  throw usageError(`"${text}" is no moment`, { hint: forms });
}

/** A moment in the past, where `2 weeks` alone already means: so long ago. */
export const pastMoment = (text: string, now: number): Date =>
  parseMoment(/^\s*\d+\s*[a-z]+\s*$/i.test(text) ? `${text} ago` : text, now);

function beforeNow(text: string, now: number): Date | undefined {
  const found = /^(\d+)\s*(second|minute|hour|day|week|month|year)s?\s+ago$/i.exec(text);
  if (!found) return undefined;
  const amount = Number(found[1]);
  const unit = (found[2] ?? "").toLowerCase();
  const fixed = MILLISECONDS[unit];
  if (fixed !== undefined) return new Date(now - amount * fixed);
  return monthsBefore(now, unit === "year" ? amount * 12 : amount);
}

/** The same day of an earlier month, or its last day where the month is shorter. */
function monthsBefore(now: number, months: number): Date {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date;
}

/** How queries carry a moment: ISO without a zone, and without milliseconds where there are none. */
export const wireMoment = (date: Date): string => date.toISOString().replace(/(\.000)?Z$/, "");
