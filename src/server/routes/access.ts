import { authorize } from "../../services/identity/identity.ts";
import { listPermissions, setPermission } from "../../services/identity/role-permissions.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { createToken, deleteToken, getToken, listTokens } from "../../services/tokens/tokens.ts";
import type { Routes } from "../context.ts";
import { bodyOf, textOf } from "../http/request-body.ts";

type WithId = { Params: { id: string } };
const anyTenant = { config: { anyTenant: true } };

/** Tokens, what roles may do, and where users come from. */
export const accessRoutes: Routes = (app, { database }) => {
  const { read } = database;
  app.get("/tokens", anyTenant, ({ identity, query }) => listTokens(read, identity, query as RawQuery));
  app.post("/tokens", anyTenant, ({ identity, body: json }) => {
    const body = bodyOf(json);
    const asked = { description: textOf(body, "description"), expiration: textOf(body, "expiration_date") };
    return database.unitOfWork((tx) => createToken(tx, identity, asked));
  });
  app.get<WithId>("/tokens/:id", anyTenant, ({ identity, params }) => getToken(read, identity, params.id));
  app.delete<WithId>("/tokens/:id", anyTenant, async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteToken(tx, identity, params.id));
    return reply.code(204).send();
  });

  app.get("/permissions", anyTenant, ({ identity, query }) => listPermissions(read, identity, query as RawQuery));
  app.get<{ Params: { role: string } }>("/permissions/:role", anyTenant, ({ identity, params, query }) =>
    listPermissions(read, identity, query as RawQuery, params.role),
  );
  type OfRole = { Params: { role: string; permission: string } };
  app.put<OfRole>("/permissions/:role/:permission", anyTenant, ({ identity, params }) =>
    database.unitOfWork((tx) => setPermission(tx, identity, params, { allowed: true })),
  );
  app.delete<OfRole>("/permissions/:role/:permission", anyTenant, async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => setPermission(tx, identity, params, { allowed: false }));
    return reply.code(204).send();
  });

  app.get("/idp", anyTenant, async ({ identity }, reply) => {
    authorize(identity, "identity_provider_get");
    return reply.type("application/json").send('"local"');
  });
  app.get("/ldap", anyTenant, async ({ identity }, reply) => {
    authorize(identity, "ldap_status_get");
    return reply.type("application/json").send('"disabled"');
  });
};
