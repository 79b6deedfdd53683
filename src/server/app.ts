import { randomUUID } from "node:crypto";
import fastify, { type FastifyInstance } from "fastify";
import type { Routes, ServerContext } from "./context.ts";
import { addBodyParser } from "./http/body.ts";
import { addCompression } from "./http/compression.ts";
import { addErrorBodies, answerBadPath } from "./http/errors.ts";
import { addUnknownRoutes } from "./http/unknown-routes.ts";
import { API_PREFIX, newestVersion } from "./http/versions.ts";

export interface AllRoutes {
  /** Below the API's prefix. */
  api: readonly Routes[];
  /** Below `/`. */
  root?: readonly Routes[];
}

/** The HTTP application, listening nowhere yet. */
export function buildServer(context: ServerContext, routes: AllRoutes): FastifyInstance {
  const app = fastify({
    logger: false,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    rewriteUrl: (request) => newestVersion(request.url ?? "/"),
    routerOptions: { maxParamLength: 1024 },
    frameworkErrors: answerBadPath,
    // Requests in flight end with the server; idle connections do not keep it.
    forceCloseConnections: "idle",
  });
  app.addHook("onRequest", async (request, reply) => void reply.header("X-Request-Id", request.id));
  app.addHook("onSend", async (_request, reply) => {
    // JSON has no charset to name, and clients of this API may compare the whole header.
    if (reply.getHeader("content-type") === "application/json; charset=utf-8")
      reply.header("content-type", "application/json");
  });
  addBodyParser(app);
  addCompression(app);
  addErrorBodies(app, context.log);
  addUnknownRoutes(app);
  for (const add of routes.root ?? []) add(app, context);
  app.register(
    async (api) => {
      for (const add of routes.api) add(api, context);
    },
    { prefix: API_PREFIX },
  );
  return app;
}
