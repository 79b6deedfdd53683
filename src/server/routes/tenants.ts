import type { Json } from "../../api/resources.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import {
  createTenant,
  deleteTenant,
  getTenant,
  listTenants,
  removeFromTenant,
  setTenantRole,
  type TenantMember,
} from "../../services/tenants/tenants.ts";
import type { Routes } from "../context.ts";
import { bodyOf, nameOf } from "../http/request-body.ts";

type WithName = { Params: { name: string } };
const anyTenant = { config: { anyTenant: true } };

/** Tenants, and who has which role in them. */
export const tenantRoutes: Routes = (app, { database }) => {
  app.get("/tenants", anyTenant, ({ identity, query }) => listTenants(database.read, identity, query as RawQuery));
  app.get<WithName>("/tenants/:name", anyTenant, ({ identity, params, query }) =>
    getTenant(database.read, identity, params.name, query as RawQuery),
  );
  app.post<WithName>("/tenants/:name", anyTenant, ({ identity, params }, reply) => {
    reply.code(201);
    return database.unitOfWork((tx) => createTenant(tx, identity, params.name));
  });
  app.delete<WithName>("/tenants/:name", anyTenant, async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteTenant(tx, identity, params.name));
    return reply.code(204).send();
  });

  for (const [path, key] of [
    ["/tenants/users", "username"],
    ["/tenants/user-groups", "group_name"],
  ] as const) {
    const memberIn = (body: Record<string, Json | undefined>): TenantMember =>
      key === "username" ? { username: nameOf(body, key) } : { groupName: nameOf(body, key) };
    for (const method of ["PUT", "PATCH"] as const) {
      app.route({
        method,
        url: path,
        ...anyTenant,
        handler: ({ identity, body: json }) => {
          const body = bodyOf(json, ["tenant_name", key, "role"]);
          const how = { role: nameOf(body, "role"), isNew: method === "PUT" };
          return database.unitOfWork((tx) =>
            setTenantRole(tx, identity, nameOf(body, "tenant_name"), memberIn(body), how),
          );
        },
      });
    }
    app.delete(path, anyTenant, async ({ identity, body: json }, reply) => {
      const body = bodyOf(json, ["tenant_name", key]);
      await database.unitOfWork((tx) => removeFromTenant(tx, identity, nameOf(body, "tenant_name"), memberIn(body)));
      return reply.code(204).send();
    });
  }
};
