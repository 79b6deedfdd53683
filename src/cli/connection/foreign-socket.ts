import { lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { CfyError } from "../errors.ts";

/** Where anybody can make a folder before its owner does. */
const OPEN_TO_ALL = "/tmp";

/** @throws CfyError somebody else may listen there in the place of one's own server */
export async function refuseForeignSocket(path: string, uid = process.getuid?.()): Promise<void> {
  const directory = dirname(path);
  if (dirname(directory) !== OPEN_TO_ALL) return;
  const found = await lstat(directory).catch(() => undefined);
  if (found === undefined || (found.uid === uid && found.isDirectory())) return;
  throw new CfyError(
    "foreign_socket",
    `${directory} belongs to somebody else, and so may the server that answers there`,
    {
      hint: "Remove it, or choose a home with a shorter path: CFY_WORKDIR=DIRECTORY",
    },
  );
}
