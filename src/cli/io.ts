import { Chalk, type ColorName, type ModifierName } from "chalk";

import type { ExitCode } from "./exit-code.ts";
import type { Pager } from "./output/paged.ts";

export type Style = ColorName | ModifierName;

export interface OutputStream {
  readonly tty: boolean;
  /** Columns of the terminal; undefined when it is none and nothing need fit. */
  readonly width: number | undefined;
  /** Lines of the terminal; undefined when it is none. */
  readonly height: number | undefined;
  write(text: string): void;
  /** Resolves when what was written has left, so that a long output does not pile up in memory. */
  drained(): Promise<void>;
  /** The text in a colour where this stream takes colours, else as it is. */
  paint(style: Style, text: string): string;
}

export interface InputStream {
  readonly tty: boolean;
  /** Everything up to the end of input. */
  text(): Promise<string>;
  /** One line as typed; `hidden` shows nothing of it. Undefined at the end of input, and when the signal is aborted. */
  line(options?: { hidden?: boolean; signal?: AbortSignal }): Promise<string | undefined>;
}

/** One moving line at the bottom of the terminal. What is written meanwhile stands above it. */
export interface Spinner {
  /** Shows it with this text, or replaces the text. */
  show(text: string): void;
  /** Takes it off the screen. */
  hide(): void;
}

/** All that a run reads from and writes to. */
export interface Io {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Lets a program have the terminal to show a long text; undefined where there is no such program. */
  openPager(command: string): Promise<Pager | undefined>;
  /** Undefined where nothing can move on stderr. */
  openSpinner(): Promise<Spinner | undefined>;
  /** The exit code for when the reader of a pipe leaves before the end. Until it is said, 0: a list was long enough. */
  exitUnheard(code: ExitCode): void;
}

/** Whether to colour is decided by `coloursFor`, once: chalk by itself does not heed `NO_COLOR`. */
export function painter(colours: boolean): OutputStream["paint"] {
  const chalk = new Chalk({ level: colours ? 1 : 0 });
  return (style, text) => chalk[style](text);
}
