import { formatError } from "../errors.ts";

/** What YAML allows nowhere, not even in comments. */
const NOT_PRINTABLE = /[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** @throws DslError -1 the text holds characters that no text has: it is binary, or in another encoding */
export function refuseUnprintable(text: string, file: string): void {
  const found = NOT_PRINTABLE.exec(text);
  if (!found) return;
  const name = found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  const before = text.slice(0, found.index).split("\n");
  const location = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const details = { location, hint: "save it as text in UTF-8" };
  throw formatError(`${file} is not valid YAML: it holds the character U+${name}`, details, -1);
}
