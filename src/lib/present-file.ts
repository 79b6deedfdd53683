import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";

/** A question to be asked later: does the path still lead to the file that it leads to now? */
export const presentFile = (path: string) => sameFile(path, ({ dev, ino }) => `${dev} ${ino}`);

/** The same of a file that nobody writes to: one that has taken its place may have got its number. */
export const untouchedFile = (path: string) => sameFile(path, ({ dev, ino, ctimeMs }) => `${dev} ${ino} ${ctimeMs}`);

async function sameFile(path: string, identityOf: (stats: Stats) => string): Promise<() => Promise<boolean>> {
  const identity = () => stat(path).then(identityOf, () => null);
  const first = await identity();
  return async () => (await identity()) === first;
}
