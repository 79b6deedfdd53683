import { pipeline, Transform } from "node:stream";
import type { RequestBody } from "./transport.ts";

/** Called while bytes move. `total` is undefined when the length is not known beforehand. */
export type Progress = (bytes: number, total: number | undefined) => void;

/** The same body, reporting how much of it has gone out. */
export function withProgress(body: RequestBody, progress: Progress | undefined): RequestBody {
  if (!progress) return body;
  return {
    ...body,
    open() {
      const content = body.open();
      // The pipeline hands an error of the source on to the one who reads; that reader reports it.
      if (!Buffer.isBuffer(content)) return pipeline(content, counting(progress, body.length), () => {});
      progress(content.length, body.length);
      return content;
    },
  };
}

/** Passes bytes on and counts them. */
function counting(progress: Progress, total: number | undefined): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      progress(bytes, total);
      done(null, chunk);
    },
  });
}
