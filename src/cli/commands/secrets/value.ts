import { readFile } from "node:fs/promises";
import type { Json } from "../../../api/resources.ts";
import { path, text } from "../../command.ts";
import type { Context } from "../../context.ts";
import { usageError } from "../../errors.ts";
import { fileError } from "../../file-error.ts";
import { readInputs } from "../../inputs/inputs.ts";

/** Where the value of a secret comes from. */
export const valueOptions = {
  secretString: text({
    flags: ["-s", "--secret-string"],
    metavar: "TEXT",
    help: "The value; other users of this machine can see it in the list of processes",
  }),
  secretFile: path({
    flags: ["-f", "--secret-file"],
    metavar: "FILE",
    help: "The file that holds it, - for standard input",
    complete: "file",
  }),
};

/** A value that another place keeps. */
export const providerOptions = {
  provider: text({
    flags: ["-p", "--provider"],
    metavar: "PROVIDER",
    help: "The secrets provider that keeps the value",
    complete: "secrets-provider",
  }),
  providerOptions: text({
    flags: ["-o", "--provider-options"],
    metavar: "OPTIONS",
    multiple: true,
    help: "What the provider wants to know: key=value, JSON or YAML text, or a file",
    complete: "file",
  }),
};

interface Given {
  secretString: string | undefined;
  secretFile: string | undefined;
}

/** The text that was given; undefined when none was. */
export async function givenValue({ secretString, secretFile }: Given, ctx: Context): Promise<string | undefined> {
  if (secretFile === undefined) return secretString;
  if (secretFile === "-") return await ctx.io.stdin.text();
  return await readFile(secretFile, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw fileError(secretFile, cause, "Name another file, or - for standard input.");
  });
}

/** A secret with a schema holds more than text: its value is written as JSON. */
export function jsonValue(written: string): Json {
  try {
    return JSON.parse(written) as Json;
  } catch {
    // Not the parser's own words: they quote what was written.
    throw usageError("The value of a secret with a schema is written as JSON, and this is none", {
      hint: `As in '{"user": "bob"}' or '[1, 2]'.`,
    });
  }
}

export const optionsIn = async (given: readonly string[], ctx: Context) =>
  given.length === 0 ? undefined : ((await readInputs(given, ctx.io.stdin)) as Record<string, Json>);
