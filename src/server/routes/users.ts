import { booleanOr } from "../../services/booleans.ts";
import { authorize } from "../../services/identity/identity.ts";
import { hashPassword } from "../../services/identity/passwords.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import {
  addToGroup,
  createUserGroup,
  deleteUserGroup,
  getUserGroup,
  listUserGroups,
  removeFromGroup,
  setGroupRole,
} from "../../services/users/groups.ts";
import {
  changeUser,
  createUser,
  deleteUser,
  getUser,
  listUsers,
  setUserActive,
  type UserChange,
  unlockUser,
  validatePassword,
} from "../../services/users/users.ts";
import type { Routes } from "../context.ts";
import { bodyOf, nameOf, textOf } from "../http/request-body.ts";

type WithName = { Params: { name: string } };
const anyTenant = { config: { anyTenant: true } };

/** Users, by themselves and in groups. They belong to no tenant. */
export const userRoutes: Routes = (app, context) => {
  const { database } = context;
  app.get("/user", anyTenant, ({ identity, query }) =>
    getUser(database.read, identity, identity.username, query as RawQuery),
  );
  app.get("/users", anyTenant, ({ identity, query }) => listUsers(database.read, identity, query as RawQuery));
  app.put("/users", anyTenant, async ({ identity, body: json }, reply) => {
    authorize(identity, "user_create");
    const body = bodyOf(json, ["username", "password"]);
    const isHashed = booleanOr(body["is_prehashed"] ?? undefined, "is_prehashed", false);
    const user = {
      username: textOf(body, "username") ?? "",
      passwordHash: isHashed ? String(body.password) : await hashPassword(validatePassword(body.password)),
      role: textOf(body, "role") ?? "default",
    };
    reply.code(201);
    return database.unitOfWork((tx) => createUser(tx, identity, user));
  });
  app.get<WithName>("/users/:name", anyTenant, ({ identity, params, query }) =>
    getUser(database.read, identity, params.name, query as RawQuery),
  );
  app.post<WithName>("/users/:name", anyTenant, async ({ identity, params, body }) => {
    const change = await changeIn(bodyOf(body));
    return database.unitOfWork((tx) => changeUser(tx, identity, params.name, change));
  });
  app.post<WithName>("/users/active/:name", anyTenant, ({ identity, params, body }) => {
    const { action } = bodyOf(body, ["action"]);
    return database.unitOfWork((tx) => setUserActive(tx, identity, params.name, action === "activate"));
  });
  app.post<WithName>("/users/unlock/:name", anyTenant, ({ identity, params }) =>
    database.unitOfWork((tx) => unlockUser(tx, identity, params.name)),
  );
  app.delete<WithName>("/users/:name", anyTenant, async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteUser(tx, identity, params.name));
    return reply.code(204).send();
  });
  groupRoutes(app, context);
};

const groupRoutes: Routes = (app, { database }) => {
  app.get("/user-groups", anyTenant, ({ identity, query }) =>
    listUserGroups(database.read, identity, query as RawQuery),
  );
  app.post("/user-groups", anyTenant, ({ identity, body: json }, reply) => {
    const body = bodyOf(json, ["group_name"]);
    const group = {
      name: textOf(body, "group_name") ?? "",
      ldapDn: textOf(body, "ldap_group_dn"),
      role: textOf(body, "role") ?? "default",
    };
    reply.code(201);
    return database.unitOfWork((tx) => createUserGroup(tx, identity, group));
  });
  app.put("/user-groups/users", anyTenant, ({ identity, body: json }) => {
    const body = bodyOf(json, ["username", "group_name"]);
    return database.unitOfWork((tx) => addToGroup(tx, identity, nameOf(body, "group_name"), nameOf(body, "username")));
  });
  app.delete("/user-groups/users", anyTenant, async ({ identity, body: json }, reply) => {
    const body = bodyOf(json, ["username", "group_name"]);
    await database.unitOfWork((tx) =>
      removeFromGroup(tx, identity, nameOf(body, "group_name"), nameOf(body, "username")),
    );
    return reply.code(204).send();
  });
  app.get<WithName>("/user-groups/:name", anyTenant, ({ identity, params, query }) =>
    getUserGroup(database.read, identity, params.name, query as RawQuery),
  );
  app.post<WithName>("/user-groups/:name", anyTenant, ({ identity, params, body }) => {
    const role = nameOf(bodyOf(body, ["role"]), "role");
    return database.unitOfWork((tx) => setGroupRole(tx, identity, params.name, role));
  });
  app.delete<WithName>("/user-groups/:name", anyTenant, async ({ identity, params }, reply) => {
    await database.unitOfWork((tx) => deleteUserGroup(tx, identity, params.name));
    return reply.code(204).send();
  });
};

async function changeIn(body: Record<string, unknown>): Promise<UserChange> {
  const { password, role, show_getting_started: started } = body;
  if ([password, role, started].filter((given) => given !== undefined && given !== null).length !== 1) {
    throw badParameters("Send exactly one of `password`, `role` and `show_getting_started`");
  }
  if (typeof role === "string") return { role };
  if (started !== undefined && started !== null) {
    return { showGettingStarted: booleanOr(started, "show_getting_started", true) };
  }
  return { passwordHash: await hashPassword(validatePassword(password)) };
}
