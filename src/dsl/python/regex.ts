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
