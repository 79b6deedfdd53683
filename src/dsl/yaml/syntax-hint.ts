import type { ErrorCode, YAMLParseError } from "yaml";

const HINTS: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: "double the backslash, or use single quotes",
  BAD_INDENT: "close the bracket, or move the lines up to its end further in",
  BAD_SCALAR_START: "put the value in quotes",
  BLOCK_AS_IMPLICIT_KEY:
    "put a value that holds a colon in quotes, and what belongs to a key further in on the next line",
  MULTILINE_IMPLICIT_KEY: "give each key a colon and a blank after it, and the same indentation as its neighbours",
  TAB_AS_INDENT: "indent with spaces",
  TAG_RESOLVE_FAILED: "remove the tag",
  UNEXPECTED_TOKEN: "check the quotes, the brackets and the indentation of this line",
};

/** What to do about a text that is no YAML. */
export function syntaxHint({ code, message }: YAMLParseError): string | undefined {
  if (code !== "MISSING_CHAR") return HINTS[code];
  return message.startsWith("Missing closing") ? "close the quote" : "put a colon and a blank after the key";
}
