import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { makePrivateDirectory } from "../lib/private-file.ts";
import { badParameters } from "../services/refusal.ts";

const MILLISECONDS = 10 * 60_000;

/** Fetches what an address holds into a new file of the directory; its path. @throws bad_parameters_error */
export async function fetchFile(url: string, directory: string): Promise<string> {
  await makePrivateDirectory(directory);
  const path = join(directory, randomUUID());
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(MILLISECONDS) });
    if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${answer.statusText}`);
    const body = Readable.fromWeb(answer.body as ReadableStream);
    await pipeline(body, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw badParameters(`${url} cannot be fetched: ${(error as Error).message}`);
  }
}
