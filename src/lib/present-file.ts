import { stat } from "node:fs/promises";

/** A question to be asked later: does the path still lead to the file that it leads to now? */
export async function presentFile(path: string): Promise<() => Promise<boolean>> {
  const identity = async (): Promise<string | null> => {
    try {
      const { dev, ino } = await stat(path);
      return `${dev} ${ino}`;
    } catch {
      return null;
    }
  };
  const first = await identity();
  return async () => (await identity()) === first;
}
