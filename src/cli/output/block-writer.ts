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
    /** Gives something to wait for only when a block is full: a thousand rows are not worth a thousand turns. */
    write(text: string): Promise<void> | undefined {
      // Where the source makes the writer wait, the reader has what there is.
      if (block === "") setImmediate(send);
      block += text;
      return block.length >= BLOCK ? flush() : undefined;
    },
  };
}
