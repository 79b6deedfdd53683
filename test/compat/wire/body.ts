import type { RecordedBody } from "./recording.ts";

/** The bytes of a request in the form of the recordings. */
export function parsedBody(bytes: Buffer, contentType: string): RecordedBody {
  if (bytes.length === 0) return null;
  const boundary =
    /^multipart\/form-data; boundary=(.+)$/.exec(contentType)?.[1] ??
    /^--(\w+)\r\n/.exec(bytes.toString("latin1"))?.[1];
  if (boundary) return { multipart: partsOf(bytes, boundary) };
  const parsed = jsonOf(bytes.toString("utf8"));
  return parsed === undefined ? { binary: { length: bytes.length } } : { json: parsed };
}

function partsOf(bytes: Buffer, boundary: string): { headers: string[]; body: RecordedBody }[] {
  const sections = bytes.toString("latin1").split(`--${boundary}`).slice(1, -1);
  return sections.map((section) => {
    const [head = "", ...rest] = section.replace(/^\r\n/, "").split("\r\n\r\n");
    const content = Buffer.from(rest.join("\r\n\r\n").replace(/\r\n$/, ""), "latin1");
    const parsed = jsonOf(content.toString("utf8"));
    return {
      headers: head.split("\r\n").sort(),
      body: parsed === undefined ? { binary: { length: content.length } } : { json: parsed },
    };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
