import ora from "ora";
import stringWidth from "string-width";
import { harmless } from "./harmless.ts";
import type { OutputStream, Spinner } from "./io.ts";
import { cutTo } from "./output/width.ts";

/** For the spinner, the blank after it, and the last column: what ends there may begin another line. */
const MARGIN = 3;
const CLEAR_BELOW = "\u001b[J";

/** A spinner with a text on this terminal; undefined where nothing can move: a dumb one, or that of a CI job. */
export function terminalSpinner(stream: NodeJS.WriteStream, paint: OutputStream["paint"]): Spinner | undefined {
  // The cursor stays: who stops the process with Ctrl-Z, or kills it, would be left without one. What is typed is left
  // to the shell.
  const spinner = ora({ stream, color: false, hideCursor: false, discardStdin: false });
  if (!spinner.isEnabled) return undefined;
  let told = "";
  // The cursor waits at the start of the line. A terminal that is made narrower breaks the line in two, and both parts
  // are behind the cursor then; nor does the `^C` that the terminal writes make the line longer.
  const write = () => {
    spinner.text = `${paint("dim", cutTo(told, Math.max(0, stream.columns - MARGIN), stringWidth))}\r`;
  };
  const resized = () => {
    stream.write(CLEAR_BELOW);
    write();
  };
  return {
    show(text) {
      told = harmless(text);
      write();
      if (spinner.isSpinning) return;
      stream.on("resize", resized);
      spinner.start();
    },
    hide() {
      stream.off("resize", resized);
      spinner.stop();
    },
  };
}
