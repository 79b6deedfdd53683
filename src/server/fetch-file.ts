import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { requestFor, shownUrl } from "../lib/address.ts";
import { makePrivateDirectory } from "../lib/private-file.ts";
import { upTo } from "../lib/up-to.ts";
import { badParameters } from "../services/refusal.ts";
import type { UploadLimits } from "./uploads.ts";

const MILLISECONDS = 10 * 60_000;

/**
 * Fetches what an address holds into a new file of the directory; its path.
 * @throws bad_parameters_error when it cannot be fetched, or is larger than allowed
 */
export async function fetchFile(url: string, { directory, mostBytes }: UploadLimits): Promise<string> {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) {
    throw badParameters(`${shownUrl(url)} is no address that can be fetched from: only http and https are`);
  }
  await makePrivateDirectory(directory);
  const path = join(directory, randomUUID());
  try {
    const { url: address, headers } = requestFor(url);
    const answer = await fetch(address, { headers, signal: AbortSignal.timeout(MILLISECONDS) });
    if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${answer.statusText}`);
    const body = Readable.fromWeb(answer.body as ReadableStream);
    const tooMuch = () => new Error(`it is larger than ${mostBytes} bytes`);
    await pipeline(body, upTo(mostBytes, tooMuch), createWriteStream(path, { flags: "wx", mode: 0o600 }));
    return path;
  } catch (error) {
    await rm(path, { force: true });
    throw badParameters(`${shownUrl(url)} cannot be fetched: ${(error as Error).message}`);
  }
}
