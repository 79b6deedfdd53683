import { cellText } from "./cell.ts";
import type { Section } from "./output.ts";

/** `key:     value` lines, the values aligned. */
export function detailsText(values: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(values);
  const width = Math.max(0, ...keys.map((key) => key.length)) + 5;
  return keys.map((key) => `\t${`${key}:`.padEnd(width)} ${cellText(values[key])}\n`).join("");
}

const listText = (items: readonly unknown[]): string => items.map((item) => `\t- ${cellText(item)}\n`).join("");

export const sectionsText = (sections: readonly Section[]): string =>
  sections
    .map(({ title, content }) => {
      const body = Array.isArray(content)
        ? listText(content)
        : detailsText(content as Readonly<Record<string, unknown>>);
      return `${title}\n${body}\n`;
    })
    .join("");
