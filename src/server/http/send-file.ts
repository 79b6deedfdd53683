import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { bodyOf } from "./errors.ts";

/**
 * Sends a file, or the part of it that the request asks for (RFC 9110, one range). Several ranges at once are answered
 * with the whole file, as the standard allows, and so is a part of a version that is gone (`If-Range`).
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, path: string, name: string) {
  const { size, mtimeMs } = await stat(path);
  const version = `"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`;
  reply.headers({
    "Content-Type": "application/octet-stream",
    "Content-Disposition": attachment(name),
    "Cache-Control": "no-cache",
    "Accept-Ranges": "bytes",
    ETag: version,
  });
  // A part of another version would not fit what the client has.
  const wanted = request.headers["if-range"];
  const fits = wanted === undefined || wanted === version;
  const range = fits ? parseRange(request.headers.range, size) : undefined;
  if (range === "unsatisfiable") {
    const message = `The file has ${size} bytes: there is no ${request.headers.range}`;
    reply.removeHeader("Content-Disposition");
    return reply
      .code(416)
      .type("application/json")
      .header("Content-Range", `bytes */${size}`)
      .send(bodyOf("bad_parameters_error", message));
  }
  if (!range) return reply.header("Content-Length", size).send(createReadStream(path));
  return reply
    .code(206)
    .headers({
      "Content-Range": `bytes ${range.start}-${range.end}/${size}`,
      "Content-Length": range.end - range.start + 1,
    })
    .send(createReadStream(path, range));
}

/** Names what is downloaded; a header takes nothing but ASCII. */
export const attachment = (name: string): string => `attachment; filename="${name.replace(/[^ -~]|["\\]/gu, "_")}"`;

/** First and last byte; undefined where the whole file is to be sent. */
function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  return start >= size || (first === "" && Number(last) === 0) ? "unsatisfiable" : { start, end };
}
