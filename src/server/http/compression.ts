import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";

/** Below this the head of a gzip stream costs more than it saves. */
const LEAST_BYTES = 1000;
const compress = promisify(gzip);

/** Sends long texts gzipped to those who take it. Files are sent as they are: archives do not shrink. */
export function addCompression(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" || payload.length <= LEAST_BYTES) return payload;
    reply.header("Vary", "Accept-Encoding");
    if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return payload;
    reply.header("Content-Encoding", "gzip");
    reply.removeHeader("Content-Length");
    return compress(payload, { level: constants.Z_BEST_SPEED });
  });
}
