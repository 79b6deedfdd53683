import { text } from "node:stream/consumers";
import { openPromise } from "yauzl";

/** The names of all that a zip file holds, and the texts of what is called as asked for. */
export async function readZip(file: string, wanted: RegExp): Promise<{ names: string[]; texts: string[] }> {
  const zip = await openPromise(file, { lazyEntries: true });
  const names: string[] = [];
  const texts: string[] = [];
  for await (const entry of zip.eachEntry()) {
    names.push(entry.fileName);
    if (wanted.test(entry.fileName)) texts.push(await text(await zip.openReadStreamPromise(entry)));
  }
  return { names, texts };
}
