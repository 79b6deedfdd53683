import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { makePrivateDirectory } from "../lib/private-file.ts";
import { badParameters } from "../services/refusal.ts";

export interface UploadLimits {
  /** Where the file is put; it must be on the disk where it is to stay. */
  directory: string;
  mostBytes: number;
}

/** What an upload brought. Whoever takes the file moves it away; `discard` removes what is still there. */
export interface Upload {
  /** Undefined when the request brought no file. */
  file: { path: string; size: number; name: string | undefined } | undefined;
  /** The text parts of a form. */
  fields: Readonly<Record<string, string>>;
  discard(): Promise<void>;
}

/** One part of text, such as the parameters of a blueprint. */
const MOST_TEXT = 1024 * 1024;
const MOST_FIELDS = 100;

/**
 * Streams a body to a file: that of a form (`multipart/form-data`), or the body as it is, with or without a declared
 * length. The route has `config: { streamsBody: true }`. What arrived is on the disk when this resolves.
 * @throws bad_parameters_error when it is larger than allowed, or no proper form
 */
export async function receiveUpload(request: FastifyRequest, limits: UploadLimits): Promise<Upload> {
  await makePrivateDirectory(limits.directory);
  const path = join(limits.directory, randomUUID());
  const discard = () => rm(path, { force: true });
  try {
    // A request without a body has no stream either.
    const body = request.body as Readable | undefined;
    const type = request.headers["content-type"] ?? "";
    if (!body) return { file: undefined, fields: {}, discard };
    if (type.toLowerCase().startsWith("multipart/form-data"))
      return { ...(await readForm(body, type, path, limits)), discard };
    const size = await store(body, path, limits.mostBytes);
    return { file: size === 0 ? undefined : { path, size, name: undefined }, fields: {}, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function readForm(body: Readable, type: string, path: string, { mostBytes }: UploadLimits) {
  const form = await formReader(type);
  const fields: Record<string, string> = {};
  let storing: Promise<Upload["file"]> = Promise.resolve(undefined);
  await new Promise<void>((resolve, reject) => {
    const fail = (error: unknown) => {
      // What is still to come is read and forgotten, so that the caller gets to read the answer.
      body.unpipe(form);
      body.resume();
      reject(error);
    };
    form.on("field", (name, value, _nameTruncated, truncated) => {
      if (truncated) fail(badParameters(`The form field ${name} is longer than ${MOST_TEXT} bytes`));
      else fields[name] = value;
    });
    form.on("file", (_field, part, name) => {
      // What breaks the part breaks its reading too, and is told there.
      part.on("error", () => undefined);
      storing = store(part, path, mostBytes).then((size) => ({ path, size, name }));
      storing.catch(fail);
    });
    form.on("filesLimit", () => fail(badParameters("Only one file can be uploaded at once")));
    form.on("fieldsLimit", () => fail(badParameters(`A form has at most ${MOST_FIELDS} fields`)));
    form.on("error", (error) => fail(badParameters(`The form cannot be read: ${String(error)}`)));
    form.on("finish", resolve);
    body.on("error", fail);
    body.on("aborted", () => fail(new Error("the upload was broken off")));
    body.pipe(form);
  });
  return { file: await storing, fields };
}

async function formReader(type: string) {
  const { Busboy } = await import("@fastify/busboy");
  try {
    return new Busboy({
      headers: { "content-type": type },
      limits: { files: 1, fields: MOST_FIELDS, fieldSize: MOST_TEXT },
    });
  } catch (error) {
    throw badParameters(`The form cannot be read: ${(error as Error).message}`);
  }
}

/** Writes a stream to a new file and to the disk below; the number of bytes. */
async function store(source: Readable, path: string, mostBytes: number): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    const size = await copy(source, file, mostBytes);
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

async function copy(source: Readable, file: FileHandle, mostBytes: number): Promise<number> {
  let size = 0;
  for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) {
      // Read and forgotten: a sender that cannot finish would not read the answer.
      source.resume();
      throw badParameters(`The upload is larger than ${mostBytes} bytes`);
    }
    await file.appendFile(chunk);
  }
  return size;
}
