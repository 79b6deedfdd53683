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

/** `+3 days`, `+1h`, `+2w 3d`, `+2w+3d` from a moment on (milliseconds); undefined when the text is none of these. */
export function relativeTime(text: string, now: number): Date | undefined {
  const moment = new Date(now);
  const parts = [...text.matchAll(/\+?\s*(\d+)\s*([a-z]+)/gi)];
  const rest = text.replaceAll(/\+?\s*\d+\s*[a-z]+/gi, "").trim();
  if (!text.startsWith("+") || parts.length === 0 || rest !== "") return undefined;
  for (const [, count = "", name = ""] of parts) {
    const [, add] = UNITS.find(([unit]) => unit.test(name.toLowerCase())) ?? [];
    if (!add) return undefined;
    add(moment, Number(count));
  }
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
