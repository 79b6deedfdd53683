import { flag, text } from "../../command.ts";
import type { Context } from "../../context.ts";
import { usageError } from "../../errors.ts";

const SHORTEST = 8;

/** Values leave the server encrypted unless one says otherwise. */
export const encryptionOptions = {
  passphrase: text({
    flags: ["-p", "--passphrase"],
    metavar: "PASSPHRASE",
    help: `What the values are encrypted with, at least ${SHORTEST} characters; - reads it from standard input; asked for on a terminal`,
  }),
  nonEncrypted: flag({ flags: ["--non-encrypted"], help: "The values stand in the file as they are" }),
};

/** Undefined: not encrypted. */
export async function passphraseOf(
  { passphrase, nonEncrypted }: { passphrase: string | undefined; nonEncrypted: boolean },
  ctx: Context,
): Promise<string | undefined> {
  if (nonEncrypted) return undefined;
  const given =
    passphrase === "-"
      ? (await ctx.io.stdin.text()).replace(/\r?\n$/, "")
      : (passphrase ?? (await ctx.prompt.secret("Passphrase:", "Give --passphrase, or --non-encrypted.")));
  if (given.length >= SHORTEST) return given;
  throw usageError(`A passphrase has at least ${SHORTEST} characters`);
}
