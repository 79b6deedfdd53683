import type { OutputStream } from "../io.ts";

const BLOCK = 16_384;

/** Gathers small texts into blocks, and waits for the reader between blocks. */
export function blockWriter(stdout: OutputStream) {
  let block = "";
  const flush = async (): Promise<void> => {
    if (block === "") return;
    stdout.write(block);
    block = "";
    await stdout.drained();
  };
  return {
    flush,
    async write(text: string): Promise<void> {
      block += text;
      if (block.length >= BLOCK) await flush();
    },
  };
}
