import type { Clock } from "../../lib/clock.ts";
import type { Env } from "../context.ts";
import { usageError } from "../errors.ts";

/** How times are written for people and spreadsheets; JSON and YAML carry them as the server says them. */
export const TIME_FORMATS = ["iso", "relative", "local", "unix"] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/**
 * What `CFY_TIME_FORMAT` says.
 * @throws CfyError usage, when it names no form
 */
export function timeFormatFrom(env: Env): TimeFormat {
  const word = env["CFY_TIME_FORMAT"];
  if (!word) return "iso";
  const format = TIME_FORMATS.find((known) => known === word);
  if (format) return format;
  throw usageError(`CFY_TIME_FORMAT is ${JSON.stringify(word)}`, { hint: `It can be ${TIME_FORMATS.join(", ")}.` });
}

/** A value in the form that was chosen, where it is a time, or a list of times; any other value as it is. */
export type TimeForm = (value: unknown) => unknown;

/** A whole time as managers write it: `T` or a blank, with or without a fraction and a zone. */
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** @param clock what `relative` counts from: the moment of writing, which a follow has many of */
export function timeForm(format: TimeFormat, clock: Pick<Clock, "now">): TimeForm {
  if (format === "iso") return (value) => value;
  const write = WRITERS[format];
  const form: TimeForm = (value) => {
    if (Array.isArray(value)) return value.map(form);
    const time = typeof value === "string" ? momentOf(value) : undefined;
    return time === undefined ? value : write(time, clock.now());
  };
  return form;
}

/** Milliseconds since 1970; a time without a zone is in UTC, as all of a manager's are. */
function momentOf(text: string): number | undefined {
  const [, date, time, zone = "Z"] = TIME.exec(text) ?? [];
  const moment = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(moment) ? undefined : moment;
}

const WRITERS: Readonly<Record<Exclude<TimeFormat, "iso">, (time: number, now: number) => string>> = {
  relative: relativeText,
  local: localText,
  unix: (time) => String(Math.floor(time / 1000)),
};

const UNITS = [
  [365.25 * 86_400, "year", "years"],
  [30.4375 * 86_400, "month", "months"],
  [86_400, "day", "days"],
  [3600, "h", "h"],
  [60, "min", "min"],
  [1, "s", "s"],
] as const;

/** `3 min ago`, `in 2 days`; the largest unit of which there is a whole one. */
function relativeText(time: number, now: number): string {
  const seconds = Math.abs(now - time) / 1000;
  const unit = UNITS.find(([length]) => seconds >= length);
  if (!unit) return "just now";
  const [length, one, many] = unit;
  const amount = Math.floor(seconds / length);
  const span = `${amount} ${amount === 1 ? one : many}`;
  return time <= now ? `${span} ago` : `in ${span}`;
}

/** `2026-11-23 08:29:04+01:00`: the wall clock here, and how far it is from UTC. */
function localText(time: number): string {
  const minutes = -new Date(time).getTimezoneOffset();
  const wall = new Date(time + minutes * 60_000).toISOString().slice(0, 19).replace("T", " ");
  const two = (amount: number): string => String(Math.floor(amount)).padStart(2, "0");
  const ahead = Math.abs(minutes);
  return `${wall}${minutes < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}
