import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { discard, header } from "./answer.ts";
import { ConnectionError } from "./errors.ts";
import { connectionFailure } from "./failure.ts";
import type { Progress } from "./progress.ts";
import type { Query } from "./query.ts";
import type { CallOptions, Rest } from "./rest.ts";
import type { TransportResponse } from "./transport.ts";

export interface DownloadOptions extends CallOptions {
  /** The file to write, or a directory in which the server's name for it is used. */
  to: string;
  progress?: Progress;
  query?: Query;
  /** Told when the connection broke after so many bytes, before the rest is asked for. */
  onResume?(bytes: number, error: Error): void;
  /** Nobody but its owner may read the file. */
  ownerOnly?: boolean;
}

/** How often a connection may break in a row without a byte in between. */
const PATIENCE = 3;

/**
 * Streams a file to disk. It appears under its name only when all of it is there. Where the server sends parts and says
 * which version of the file they are of, a connection that breaks is taken up where it was.
 * @returns the path of the file
 * @throws ConnectionError the connection broke, or fewer bytes came than were announced
 */
export async function download(rest: Rest, path: string, options: DownloadOptions): Promise<string> {
  const first = await rest.open(path, options);
  const target = await targetFile(options.to, header(first.headers, "content-disposition"));
  const { randomUUID } = await import("node:crypto");
  const partial = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    const file = await open(partial, "wx", options.ownerOnly ? 0o600 : 0o644);
    try {
      await receive(rest, path, first, file, options);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, target);
  } catch (error) {
    first.body.destroy();
    await rm(partial, { force: true });
    options.signal?.throwIfAborted();
    throw aboutFile(error, target, partial);
  }
  return target;
}

/** Writes the body, asking for the rest of it as often as the connection breaks on the way. */
async function receive(
  rest: Rest,
  path: string,
  first: TransportResponse,
  file: FileHandle,
  { query, signal, progress, onResume }: DownloadOptions,
): Promise<void> {
  const total = lengthOf(first);
  const version = versionOf(first);
  let response = first;
  let bytes = 0;
  for (let failures = 0; ; ) {
    const before = bytes;
    try {
      for await (const chunk of received(response)) {
        await writeAll(file, chunk, bytes);
        bytes += chunk.length;
        progress?.(bytes, total);
      }
      if (total !== undefined && bytes !== total) throw truncated(response.url, bytes, total);
      return;
    } catch (error) {
      failures = bytes > before ? 1 : failures + 1;
      const broke = error instanceof ConnectionError && (total === undefined || bytes < total);
      if (!broke || version === undefined || failures > PATIENCE || signal?.aborted) throw error;
      onResume?.(bytes, error);
    }
    response = await rest.open(path, {
      query,
      signal,
      headers: { Range: `bytes=${bytes}-`, "If-Range": version },
    });
    if (response.status !== 206) throw changed(response);
  }
}

/** The body; what breaks it is told as what it is. An error of whoever consumes it passes by. */
async function* received({ body, url }: TransportResponse): AsyncGenerator<Buffer> {
  try {
    yield* body as Readable & AsyncIterable<Buffer>;
  } catch (error) {
    throw connectionFailure(error, { address: url, sent: true });
  }
}

async function writeAll(file: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written, position + written);
    written += bytesWritten;
  }
}

/** What names this version of the file beyond doubt; undefined where the server would not send a part of it. */
function versionOf({ headers }: TransportResponse): string | undefined {
  const tag = header(headers, "etag");
  if (header(headers, "accept-ranges") !== "bytes" || tag?.startsWith("W/")) return undefined;
  return tag ?? header(headers, "last-modified");
}

function lengthOf({ headers }: TransportResponse): number | undefined {
  const length = header(headers, "content-length");
  return length === undefined ? undefined : Number(length);
}

async function targetFile(to: string, disposition: string | undefined): Promise<string> {
  const isDirectory = await stat(to).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isDirectory ? join(to, fileName(disposition)) : to;
}

/** The server's name for the file, without any directories it may hold. It never is that of a hidden file. */
export function fileName(disposition: string | undefined): string {
  const named = /filename="?([^";]+)"?/.exec(disposition ?? "")?.[1] ?? "download";
  const last = named.split(/[/\\]/).at(-1) ?? "";
  return last.replace(/\p{C}/gu, "_").trim().replace(/^\.+/, "") || "download";
}

const truncated = (url: string, bytes: number, total: number) =>
  new ConnectionError({
    kind: "reset",
    message: `${url} ended after ${bytes} of ${total} bytes`,
    sent: true,
    address: url,
  });

function changed({ body, url }: TransportResponse): ConnectionError {
  discard(body);
  return new ConnectionError({
    kind: "reset",
    message: `${url} has changed while it was downloaded: start again`,
    sent: true,
    address: url,
  });
}

/** A write that fails names its call only, and whoever asked for the file has not heard of a partial one. */
function aboutFile(error: unknown, path: string, partial: string): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return "path" in error && error.path !== partial ? error : Object.assign(error, { path });
}
