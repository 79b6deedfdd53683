import type { FastifyInstance } from "fastify";
import { bodyOf } from "./errors.ts";

/** Tells a path that nothing answers (404) from one that answers other methods (405). Comes before the routes. */
export function addUnknownRoutes(app: FastifyInstance): void {
  const known = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const methods = known.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    known.set(url, methods);
  });

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = [...known].filter(([pattern]) => matches(pattern, path)).flatMap(([, methods]) => [...methods]);
    if (allowed.length === 0) {
      const message = `${request.method} ${path} is not served here: the server's release does not have this resource`;
      return reply.code(404).send(bodyOf("not_found_error", message));
    }
    if (request.method === "OPTIONS") return reply.code(200).header("Allow", allowed.join(", ")).send();
    const message = `${path} does not answer ${request.method}, only ${allowed.join(", ")}`;
    return reply.code(405).header("Allow", allowed.join(", ")).send(bodyOf("method_not_allowed_error", message));
  });
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split("/");
  const given = path.split("/");
  if (expected.at(-1) === "*") return given.length >= expected.length && prefixes(expected.slice(0, -1), given);
  return expected.length === given.length && prefixes(expected, given);
}

const prefixes = (expected: string[], given: string[]): boolean =>
  expected.every((part, index) => (part.startsWith(":") ? given[index] !== "" : part === given[index]));
