import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { requestFor, shownUrl } from "../../lib/address.ts";
import { upTo } from "../../lib/up-to.ts";
import { archiveKind } from "../../services/blueprints/archive.ts";
import { archiveName } from "../../services/files/layout.ts";

const MOST_BYTES = 2 ** 30;
/** To the first byte; the rest may take as long as bytes come. */
const ANSWER_MILLISECONDS = 60_000;

/**
 * Fetches a blueprint's archive into its folder, in place of what was there.
 * @throws Error that says why the address cannot be used
 */
export async function fetchArchive(url: string, directory: string, blueprintId: string): Promise<void> {
  const body = await opened(url);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = join(directory, "download");
  try {
    const tooMuch = () => new Error(`What ${shownUrl(url)} sends is larger than ${MOST_BYTES} bytes`);
    await pipeline(body, upTo(MOST_BYTES, tooMuch), createWriteStream(draft, { mode: 0o600, flush: true }));
    await rename(draft, join(directory, archiveName(blueprintId, await archiveKind(draft))));
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function opened(url: string): Promise<Readable> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Error(`${shownUrl(url)} is no address that a blueprint can be fetched from: only http and https are`);
  }
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), ANSWER_MILLISECONDS);
  try {
    const { url: address, headers } = requestFor(url);
    const answer = await fetch(address, { headers, signal: patience.signal });
    if (!answer.ok || !answer.body) {
      throw new Error(`${shownUrl(url)} answered ${answer.status} ${answer.statusText}: there is no archive to fetch`);
    }
    return Readable.fromWeb(answer.body);
  } catch (error) {
    if (!(error instanceof TypeError) && !patience.signal.aborted) throw error;
    const { cause } = error as Error;
    const why = patience.signal.aborted ? "it does not answer" : cause instanceof Error ? cause.message : String(error);
    throw new Error(`The blueprint archive cannot be fetched from ${shownUrl(url)}: ${why}`);
  } finally {
    clearTimeout(timer);
  }
}
