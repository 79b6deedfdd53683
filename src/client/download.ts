import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { header } from "./answer.ts";
import { ConnectionError } from "./errors.ts";
import { connectionFailure } from "./failure.ts";
import { counting, type Progress } from "./progress.ts";
import type { Query } from "./query.ts";
import type { CallOptions, Rest } from "./rest.ts";

export interface DownloadOptions extends CallOptions {
  /** The file to write, or a directory in which the server's name for it is used. */
  to: string;
  progress?: Progress;
  query?: Query;
}

/**
 * Streams a file to disk. It appears under its name only when all of it is there.
 * @returns the path of the file
 * @throws ConnectionError the connection broke, or fewer bytes came than were announced
 */
export async function download(rest: Rest, path: string, options: DownloadOptions): Promise<string> {
  const { to, progress, query, signal } = options;
  const response = await rest.open(path, { query, signal });
  const announced = lengthOf(header(response.headers, "content-length"));
  const target = await targetFile(to, header(response.headers, "content-disposition"));
  const partial = `${target}.part`;
  let bytes = 0;
  const count = counting((now) => {
    bytes = now;
    progress?.(now, announced);
  }, announced);
  try {
    await pipeline(response.body, count, createWriteStream(partial, { mode: 0o644 }), { signal });
    if (announced !== undefined && bytes !== announced) throw truncated(response.url, bytes, announced);
    await rename(partial, target);
  } catch (error) {
    response.body.destroy();
    await rm(partial, { force: true });
    if (signal?.aborted) throw signal.reason;
    throw isFileError(error) ? error : connectionFailure(error, { address: response.url, sent: true });
  }
  return target;
}

async function targetFile(to: string, disposition: string | undefined): Promise<string> {
  const isDirectory = await stat(to).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isDirectory ? join(to, fileName(disposition)) : to;
}

/** The server's name for the file, without any directories it may hold. */
export function fileName(disposition: string | undefined): string {
  const named = /filename="?([^";]+)"?/.exec(disposition ?? "")?.[1] ?? "download";
  const last = named.split(/[/\\]/).at(-1)?.trim();
  return last && last !== "." && last !== ".." ? last : "download";
}

const lengthOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const truncated = (url: string, bytes: number, announced: number) =>
  new ConnectionError({
    kind: "reset",
    message: `${url} ended after ${bytes} of ${announced} bytes`,
    sent: true,
    address: url,
  });

/** Trouble with the disk, not with the network: the system names the call that failed on a path. */
const isFileError = (error: unknown): boolean => error instanceof Error && "path" in error;
