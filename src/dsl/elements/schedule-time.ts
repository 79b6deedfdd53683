// Times of default schedules: absolute ones become UTC, relative ones stay as written.

const UNIT = "(?:min|minute|h|hour|d|day|w|week|mo|month|y|year)s?";
const RELATIVE = new RegExp(`^(?:\\+\\d+ ?${UNIT})+$`);
const RECURRENCE = new RegExp(`^\\d+ ?${UNIT}$`);
const DATE_TIME = /^(?:(\d{4})-(\d\d?)-(\d\d?) )?(\d\d?):(\d\d)$/;

export const isRelativeTime = (text: string): boolean => RELATIVE.test(text);

export const isRecurrence = (text: string): boolean => RECURRENCE.test(text);

/**
 * `YYYY-MM-DD HH:MM` of a time zone, or `HH:MM` of today, as `YYYY-MM-DD HH:MM:SS` in UTC; undefined when text or zone
 * is not understood.
 */
export function utcTime(text: string, zone: string | undefined, today: Date): string | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match[1] === undefined ? dayIn(today) : match.slice(1, 4).map(Number);
  const [hour, minute] = match.slice(4).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined) {
    return undefined;
  }
  const local = Date.UTC(year, month - 1, day, hour, minute);
  const written = new Date(local);
  if (written.getUTCMonth() !== month - 1 || written.getUTCDate() !== day || hour > 23 || minute > 59) return undefined;
  const offset = offsetAt(local, zone ?? "UTC");
  if (offset === undefined) return undefined;
  // The offset of the instant itself: it differs from that of the wall clock's reading near a change of summer time.
  const instant = local - (offsetAt(local - offset, zone ?? "UTC") ?? offset);
  return new Date(instant).toISOString().slice(0, 19).replace("T", " ");
}

const dayIn = (now: Date): [number, number, number] => [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()];

/** Milliseconds that the zone's clock is ahead of UTC at an instant. */
function offsetAt(instant: number, zone: string): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    }).formatToParts(instant);
    const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
    return (
      Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - instant
    );
  } catch {
    return undefined;
  }
}
