import type { Env } from "../context.ts";
import type { OutputStream } from "../io.ts";
import type { Output } from "./output.ts";

/** Where long text goes instead of the screen. */
export interface Pager {
  write(text: string): void;
  /** Resolves when the pager has taken what was written; false: it has been left and takes no more. */
  drained(): Promise<boolean>;
  /** Resolves when the person has left it. */
  ended(): Promise<void>;
}

/** Starts the pager; undefined where its program is missing. */
type OpenPager = () => Promise<Pager | undefined>;

/**
 * The command that shows long text: what `CFY_PAGER` says, else `PAGER`, else `less`; none where that is empty or
 * `cat`, or where the terminal can do nothing but print.
 */
export function pagerCommand(env: Env, { wide }: { wide: boolean }): string | undefined {
  // Lines that are wider than the screen are moved sideways, not broken.
  const less = wide ? "less -FRSX" : "less -FRX";
  const command = (env["CFY_PAGER"] ?? env["PAGER"] ?? less).trim();
  return command === "" || command === "cat" || env["TERM"] === "dumb" ? undefined : command;
}

/** The reader has seen enough: what is written for them ends, and that is no error. */
class ReaderLeft extends Error {
  override readonly name = "ReaderLeft";
}

/** The same output; what is longer than the screen goes through a pager. */
export function pagedOutput(
  stdout: OutputStream,
  notice: (text: string) => void,
  open: OpenPager,
  onto: (stdout: OutputStream, notice: (text: string) => void) => Output,
): Output {
  const through = async (write: (output: Output) => Promise<void>): Promise<void> => {
    const paged = new PagedStream(stdout, open);
    // The screen is the pager's until it is left.
    const later: string[] = [];
    try {
      await write(onto(paged, (text) => later.push(text)));
    } catch (error) {
      if (!(error instanceof ReaderLeft)) throw error;
    } finally {
      await paged.close();
      for (const text of later) notice(text);
    }
  };
  return {
    ...onto(stdout, notice),
    rows: (rows, options) => through((output) => output.rows(rows, options)),
    record: (row, options) => through((output) => output.record(row, options)),
    details: (title, values) => through((output) => output.details(title, values)),
    document: (value, inText) => through((output) => output.document(value, inText)),
    text: (write) => through((output) => output.text(write)),
  };
}

/** Writes a text, through a pager where it is longer than the screen. */
export async function writePaged(stdout: OutputStream, open: OpenPager, text: string): Promise<void> {
  const paged = new PagedStream(stdout, open);
  paged.write(text);
  await paged.close();
}

/** Holds back what fits the screen, so that a short text needs no pager. */
class PagedStream implements OutputStream {
  readonly tty: boolean;
  readonly width: number | undefined;
  readonly height: number | undefined;
  #held = "";
  #lines = 0;
  #closed = false;
  #pager: Promise<Pager | undefined> | undefined;

  constructor(
    private readonly stdout: OutputStream,
    private readonly open: OpenPager,
  ) {
    this.tty = stdout.tty;
    this.width = stdout.width;
    this.height = stdout.height;
  }

  paint: OutputStream["paint"] = (style, text) => this.stdout.paint(style, text);

  write(text: string): void {
    // What a writer still had in hand when the source failed: the screen is free again.
    if (this.#closed) {
      this.stdout.write(text);
      return;
    }
    this.#held += text;
    this.#lines += screenLines(text, this.width);
  }

  async drained(): Promise<void> {
    // The last line of the screen is the prompt's.
    if (this.#lines < (this.height ?? Number.POSITIVE_INFINITY)) return;
    this.#pager ??= this.open();
    const pager = await this.#pager;
    const text = this.#held;
    this.#held = "";
    if (pager) {
      pager.write(text);
      if (!(await pager.drained())) throw new ReaderLeft();
    } else {
      this.stdout.write(text);
      await this.stdout.drained();
    }
  }

  /** Writes what is left, and waits until the person has left the pager. */
  async close(): Promise<void> {
    await this.drained().catch((error: unknown) => {
      if (!(error instanceof ReaderLeft)) throw error;
    });
    this.stdout.write(this.#held);
    this.#held = "";
    await (await this.#pager)?.ended();
    this.#closed = true;
  }
}

/** How many lines a text takes on a screen, where long ones take several. */
function screenLines(text: string, width: number | undefined): number {
  let lines = 0;
  for (const line of text.split("\n").slice(0, -1)) lines += Math.max(1, Math.ceil(line.length / (width ?? 80)));
  return lines;
}
