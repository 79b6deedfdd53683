import { STATUS_CODES } from "node:http";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ErrorBody } from "../../api/errors.ts";
import { Refusal } from "../../services/refusal.ts";
import { WrongType } from "../../storage/index.ts";
import type { ServerLog } from "../log.ts";

/** Every refused request gets the API's error body, whoever refused it. */
export function addErrorBodies(app: FastifyInstance, log: ServerLog): void {
  app.setErrorHandler((error: Error, request, reply) => answer(error, request, reply, log));
}

/** The same for a path that cannot be read, which the router refuses by itself. */
export function answerBadPath(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 400;
  const message = status === 414 ? "A part of the path is too long" : "The path is not encoded properly";
  reply.code(status).send(bodyOf(codeOf(status), message));
}

function answer(error: Error, request: FastifyRequest, reply: FastifyReply, log: ServerLog) {
  if (error instanceof Refusal) {
    // An answer that nothing has changed has no body.
    if (error.status === 304) return reply.code(304).send();
    return reply.code(error.status).send(bodyOf(error.code, error.message, error.details));
  }
  if (error instanceof WrongType) return reply.code(400).send(bodyOf("bad_parameters_error", error.message));
  const status = (error as FastifyError).statusCode ?? 500;
  if (status < 500) return reply.code(status).send(bodyOf(codeOf(status), error.message));
  // Without the query, which may hold a passphrase.
  log.error(`${request.id} ${request.method} ${request.url.split("?", 1)[0]} failed`, error);
  const message = isOutOfRoom(error)
    ? "There is no room left on the disk of the server"
    : `Internal error in the server, request ${request.id}: the server's log says more`;
  return reply.code(500).send(bodyOf("internal_server_error", message));
}

const isOutOfRoom = (error: Error): boolean =>
  "code" in error && (error.code === "ENOSPC" || error.code === "SQLITE_FULL");

const codeOf = (status: number): string => {
  if (status === 415) return "unsupported_content_type_error";
  return status === 400 ? "bad_parameters_error" : (STATUS_CODES[status] ?? "error").toLowerCase().replaceAll(" ", "_");
};

export const bodyOf = (error_code: string, message: string, details: Record<string, unknown> = {}): ErrorBody => ({
  message,
  error_code,
  server_traceback: null,
  ...details,
});
