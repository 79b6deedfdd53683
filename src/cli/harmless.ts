/**
 * Colours, which stay as they are; and what would do something to a terminal: move its cursor, write its clipboard or
 * its title, or show letters in another order than they stand in.
 */
const SPECIAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /\x1b\[[\d;:]*m|\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text as a terminal may get it. What others wrote, such as descriptions, log lines and a server's errors, comes along
 * with our own; in it signs stand for control characters. What goes to a file or to another program stays whole.
 */
export const harmless = (text: string): string =>
  text.replace(SPECIAL, (found) => (found.length > 1 ? found : signOf(found.charCodeAt(0))));

function signOf(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
