import type { OutputStream } from "../io.ts";

const BLOCK = 16_384;

/** Gathers small texts into blocks, and waits for the reader between blocks. */
export function blockWriter(stdout: OutputStream) {
  let block = "";
  const send = (): void => {
    if (block !== "") stdout.write(block);
    block = "";
  };
  const flush = async (): Promise<void> => {
    if (block === "") return;
    send();
    await stdout.drained();
  };
  return {
    flush,
    async write(text: string): Promise<void> {
      // Where the source makes the writer wait, the reader has what there is.
      if (block === "") setImmediate(send);
      block += text;
      if (block.length >= BLOCK) await flush();
    },
  };
}
