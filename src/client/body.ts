import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
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
  // An end makes what is sent agree with the announced length, even when the file grows meanwhile.
  return { length: size, replayable: true, open: () => createReadStream(path, { end: Math.max(size - 1, 0) }) };
}
