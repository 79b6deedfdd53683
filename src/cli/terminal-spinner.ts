import ora from "ora";
import stringWidth from "string-width";
import type { OutputStream, Spinner } from "./io.ts";
import { cutTo } from "./output/width.ts";

/** Left free at the end: the terminal itself writes `^C` there, and a line that is broken in two cannot be taken away. */
const MARGIN = 5;

/** A spinner with a text on this terminal; undefined where nothing can move: a dumb one, or that of a CI job. */
export function terminalSpinner(stream: NodeJS.WriteStream, paint: OutputStream["paint"]): Spinner | undefined {
  // The cursor stays: who stops the process with Ctrl-Z, or kills it, would be left without one. What is typed is left
  // to the shell.
  const spinner = ora({ stream, color: false, hideCursor: false, discardStdin: false });
  if (!spinner.isEnabled) return undefined;
  return {
    show(text) {
      const room = Math.max(0, stream.columns - MARGIN);
      spinner.text = paint("dim", cutTo(text, room, stringWidth));
      spinner.start();
    },
    hide: () => void spinner.stop(),
  };
}
