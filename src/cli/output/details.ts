import { cellText } from "./cell.ts";
import { isTime } from "./column.ts";
import type { Section } from "./output.ts";
import type { TimeForm } from "./time-form.ts";

/** `key:     value` lines, the values aligned. */
export function detailsText(values: Readonly<Record<string, unknown>>, time: TimeForm): string {
  const keys = Object.keys(values);
  const width = Math.max(0, ...keys.map((key) => key.length)) + 5;
  const textOf = (key: string): string => cellText(isTime({ key }) ? time(values[key]) : values[key]);
  return keys.map((key) => `\t${`${key}:`.padEnd(width)} ${textOf(key)}\n`).join("");
}

const listText = (items: readonly unknown[]): string => items.map((item) => `\t- ${cellText(item)}\n`).join("");

export const sectionsText = (sections: readonly Section[], time: TimeForm): string =>
  sections
    .map(({ title, content }) => {
      const body = Array.isArray(content)
        ? listText(content)
        : detailsText(content as Readonly<Record<string, unknown>>, time);
      return `${title}\n${body}\n`;
    })
    .join("");
