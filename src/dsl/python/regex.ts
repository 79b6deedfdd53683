import { type Context, createContext, Script } from "node:vm";

/**
 * A Python regular expression as a JavaScript one; undefined when it does not compile. Named groups, `\A`, `\Z` and
 * leading flags are translated; what JavaScript cannot say (conditional groups) counts as not compiling.
 */
export function pythonRegex(source: string, { anchored = false } = {}): RegExp | undefined {
  let flags = "";
  const body = source
    .replace(/^\(\?([aimsux]+)\)/, (_, letters: string) => {
      if (letters.includes("i")) flags += "i";
      if (letters.includes("m")) flags += "m";
      if (letters.includes("s")) flags += "s";
      return "";
    })
    .replace(/\(\?P<(\w+)>/g, "(?<$1>")
    .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
    .replace(/((?:^|[^\\])(?:\\\\)*)\\A/g, "$1^")
    .replace(/((?:^|[^\\])(?:\\\\)*)\\Z/g, "$1$$");
  try {
    return new RegExp(anchored ? `^(?:${body})` : body, flags);
  } catch {
    return undefined;
  }
}

/** Longer takes none that was written to be fitted; some take more than a life for forty letters. */
const LONGEST_MILLISECONDS = 500;
/** The machine may have stood still the first time. */
const ATTEMPTS = 2;

let place: { context: Context; test: Script } | undefined;

/** Whether a text fits a pattern that somebody else has written. What cannot be told in good time does not fit. */
export function fits(pattern: RegExp, text: string): boolean {
  // What runs there can be interrupted, even in the midst of a pattern.
  place ??= { context: createContext(), test: new Script("pattern.test(text)") };
  Object.assign(place.context, { pattern, text });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return place.test.runInContext(place.context, { timeout: LONGEST_MILLISECONDS }) === true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    }
  }
  return false;
}
