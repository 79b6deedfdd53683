import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Event } from "../../../api/resources.ts";
import { pythonJson } from "../../../lib/python-json.ts";

/** Writes events as JSON lines. The file appears under its name when all of it is there. Resolves to how many. */
export async function storeEvents(events: AsyncIterable<Event>, file: string): Promise<number> {
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const event of events) {
      count += 1;
      yield `${pythonJson(event)}\n`;
    }
  }
  const partial = `${file}.part`;
  try {
    await pipeline(lines(), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return count;
}
