import { Readable } from "node:stream";
import type { RequestBody } from "./transport.ts";

export interface FilePart {
  name: string;
  content: RequestBody;
}

/** A form of one JSON field and, perhaps, a file behind it, as managers read uploads. */
export function formBody(
  field: { name: string; json: unknown },
  file?: FilePart,
): { body: RequestBody; contentType: string } {
  const boundary = `cfy${digits()}${digits()}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"\r\n\r\n${JSON.stringify(field.json)}\r\n` +
      (file
        ? `--${boundary}\r\nContent-Disposition: form-data; name="${file.name}"; filename="filename"\r\n` +
          "Content-Type: text/plain\r\n\r\n"
        : ""),
  );
  const tail = Buffer.from(`${file ? "\r\n" : ""}--${boundary}--\r\n`);
  const contentLength = file ? file.content.length : 0;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: {
      length: contentLength === undefined ? undefined : head.length + contentLength + tail.length,
      replayable: file?.content.replayable ?? true,
      open: () => Readable.from(inOrder(head, file, tail), { objectMode: false }),
    },
  };
}

/** A boundary is no secret, it must only not occur in what it bounds; and node:crypto takes long to load. */
const digits = (): string => Math.random().toString(36).slice(2);

async function* inOrder(head: Buffer, file: FilePart | undefined, tail: Buffer): AsyncGenerator<Buffer> {
  yield head;
  const content = file?.content.open();
  if (Buffer.isBuffer(content)) yield content;
  else if (content) for await (const chunk of content) yield chunk;
  yield tail;
}
