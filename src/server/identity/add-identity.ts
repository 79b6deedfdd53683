import type { FastifyInstance, FastifyRequest } from "fastify";
import { timestamp } from "../../lib/clock.ts";
import { DEFAULT_TENANT } from "../../services/bootstrap/ensure-defaults.ts";
import { identify, identifyLocal } from "../../services/identity/authenticate.ts";
import type { Identity } from "../../services/identity/identity.ts";
import { last, type RawQuery } from "../../services/queries/list-query.ts";
import { Refusal } from "../../services/refusal.ts";
import type { ServerContext } from "../context.ts";
import { credentialsIn, single } from "./credentials.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answers anyone. */
    open?: boolean;
    /** Concerns no tenant, so that none has to be named. */
    anyTenant?: boolean;
  }
}

/** Finds out who asks before a route runs, and says in the answer whom it took the caller for. */
export function addIdentity(app: FastifyInstance, context: ServerContext): void {
  app.addHook("onRequest", async (request, reply) => {
    const { open, anyTenant } = request.routeOptions.config;
    if (open || request.is404) return;
    request.identity = await identityOf(request, context);
    const { method, tenant, username } = request.identity;
    reply.headers({
      "X-Cloudify-Audit-Auth-Method": method,
      "X-Cloudify-Audit-Tenant": tenant,
      "X-Cloudify-Audit-Username": username,
    });
    if (!tenant && !anyTenant) throw new Refusal("forbidden_error", "Authorization failed: tenant not provided");
  });
}

function identityOf(request: FastifyRequest, context: ServerContext): Promise<Identity> {
  const { tenant: inQuery } = request.query as RawQuery;
  const tenant = single(request.headers["tenant"]) ?? last(inQuery);
  if (context.isLocal(request)) return identifyLocal(context.database, tenant ?? DEFAULT_TENANT);
  const now = timestamp(context.clock.now());
  return identify(context.database, credentialsIn(request.headers), { tenant, now });
}
