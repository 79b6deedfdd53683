import type { Context } from "../context.ts";
import { flag } from "../option.ts";

/** A password on the command line can be seen by everybody on the machine; this way it cannot. */
export const passwordStdinOption = flag({
  flags: ["--password-stdin"],
  help: "Read the password from standard input",
});

export const passwordFromStdin = async ({ io }: Context): Promise<string> =>
  (await io.stdin.text()).replace(/\r?\n$/, "");
