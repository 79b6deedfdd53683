import { parseMoment, wireMoment } from "../../inputs/moment.ts";

const HOURS: Record<string, number> = { h: 1, d: 24, w: 7 * 24 };

/**
 * A moment as the audit log takes it: `now`, `10.5h`, `15d` or `7w` ago, `@` and seconds since 1970, or any form that
 * other commands take. A date goes over the wire as it was written, since only the server knows its own zone.
 */
export function auditMoment(word: string, now: number): string {
  const text = word.trim();
  const ago = /^([\d.]+)([hdw])$/i.exec(text);
  if (text === "now") return wireMoment(new Date(now));
  if (ago) return wireMoment(new Date(now - Number(ago[1]) * (HOURS[(ago[2] ?? "h").toLowerCase()] ?? 1) * 3_600_000));
  if (/^@\d+$/.test(text)) return wireMoment(new Date(Number(text.slice(1)) * 1000));
  const moment = parseMoment(text, now);
  return /^\d{4}-/.test(text) ? text : wireMoment(moment);
}
