import { basename } from "node:path";
import type { Blueprint } from "../../api/resources.ts";
import type { BlueprintFault, Context } from "../context.ts";
import type { Findings } from "../errors.ts";
import { faultLook } from "./fault-look.ts";
import type { BlueprintSource } from "./source.ts";

export interface RefusedLines extends Findings {
  /** They say all that the server has said, in its words: an embedded one reads as this program does. */
  sayAll: boolean;
}

/**
 * The lines that a server has named when it refused a blueprint, as the files here have them. Only faults that are also
 * found here are shown, as what they are: the server may read the blueprint otherwise.
 */
export async function refusedLines(
  ctx: Context,
  { state, error }: Blueprint,
  uploaded: BlueprintSource,
): Promise<RefusedLines | undefined> {
  if (state !== "invalid" || !error || uploaded.kind !== "folder") return undefined;
  const reading = await ctx.readBlueprint(uploaded);
  const named = placesIn(error);
  const isNamed = ({ file, line }: BlueprintFault): boolean => named.has(`${basename(file ?? "")}:${line}`);
  const faults = reading.faults.filter(isNamed);
  if (faults.length === 0) return undefined;
  const marked = reading.text(faults, await faultLook(ctx.io.stderr));
  const sayAll = faults.length === reading.faults.length && faults.every(({ message }) => error.includes(message));
  return { faults, sayAll, text: sayAll ? marked : `Read here, in the files that were sent:\n${marked}` };
}

/** `FILE:LINE` of each place in a server's words; of the file only the name, since it lies elsewhere there. */
const placesIn = (error: string): Set<string> =>
  new Set(
    [...error.matchAll(/\bin: (.+)\s+in line: (\d+),/g)].map(
      ([, file = "", line]) => `${basename(file.trim())}:${line}`,
    ),
  );
