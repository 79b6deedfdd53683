import { Transform } from "node:stream";

/** Passes on so many bytes at most; of more it fails with what `tooMuch` makes. */
export function upTo(mostBytes: number, tooMuch: () => Error): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > mostBytes) done(tooMuch());
      else done(null, chunk);
    },
  });
}
