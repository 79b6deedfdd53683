import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable, Transform } from "node:stream";
import type { RequestBody } from "./transport.ts";

const bytesBody = (bytes: Buffer): RequestBody => ({
  length: bytes.length,
  replayable: true,
  open: () => bytes,
});

export const jsonBody = (value: unknown): RequestBody => bytesBody(Buffer.from(JSON.stringify(value), "utf8"));

/** A file, streamed from disk; read anew each time it is sent. */
export async function fileBody(path: string): Promise<RequestBody> {
  const { size } = await stat(path);
  return { length: size, replayable: true, open: () => contentOf(path, size) };
}

/** As much as was announced: no more when the file has grown meanwhile, and an error when it has shrunk. */
function contentOf(path: string, size: number): Readable {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      done(bytes < size ? new Error(`${path} has shrunk from ${size} to ${bytes} bytes while it was sent`) : null);
    },
  });
  if (size === 0) return Readable.from([]);
  // An error ends what is read here, and whoever reads it reports it.
  return pipeline(createReadStream(path, { end: size - 1 }), counted, () => {});
}
