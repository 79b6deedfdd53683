import { describe, expect, it } from "vitest";
import { PERMISSIONS_OF_ROLE } from "../../../../src/services/identity/permissions.ts";
import { grantedTo, listPermissions, setPermission } from "../../../../src/services/identity/role-permissions.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { permissionsOf } from "../../../helpers/permissions.ts";
import { ADMIN, aDatabase } from "../world.ts";

const set = (database: Database, role: string, permission: string, allowed: boolean, who = ADMIN) =>
  database.unitOfWork((tx) => setPermission(tx, who, { role, permission }, { allowed }));
const may = async (database: Database, permission: string, ...roles: string[]) =>
  ([...(await grantedTo(database.read, roles))] as string[]).includes(permission);

describe("the permissions of a role", () => {
  it("are given and taken one by one, and no other role notices", async () => {
    const { database } = await aDatabase();
    await set(database, "viewer", "secret_create", true);
    await set(database, "viewer", "node_list", false);
    expect(await may(database, "secret_create", "viewer")).toBe(true);
    expect(await may(database, "node_list", "viewer")).toBe(false);
    expect(await may(database, "blueprint_list", "viewer")).toBe(true);
    expect(await may(database, "secret_create", "operations")).toBe(false);
    expect(await may(database, "node_list", "operations")).toBe(true);
    await set(database, "viewer", "secret_create", false);
    await set(database, "viewer", "node_list", true);
    expect(await grantedTo(database.read, ["viewer"])).toEqual(permissionsOf("viewer"));
  });

  it("that one role does not have are had through another", async () => {
    const { database } = await aDatabase();
    await set(database, "viewer", "node_list", false);
    expect(await may(database, "node_list", "viewer", "user")).toBe(true);
  });

  it("are not taken where they are not there, nor set for a role that is not there", async () => {
    const { database } = await aDatabase();
    await expect(set(database, "viewer", "secret_create", false)).rejects.toMatchObject({ code: "not_found_error" });
    await expect(set(database, "nosuch", "secret_create", true)).rejects.toMatchObject({ code: "not_found_error" });
    await expect(listPermissions(database.read, ADMIN, {}, "nosuch")).rejects.toMatchObject({
      code: "not_found_error",
    });
  });

  it("are changed by administrators alone", async () => {
    const { database } = await aDatabase();
    const who = { ...ADMIN, role: "default" };
    await expect(set(database, "viewer", "secret_create", true, who)).rejects.toMatchObject({ status: 401 });
  });

  it("are listed of one role, or of all, page by page", async () => {
    const { database } = await aDatabase();
    await set(database, "viewer", "secret_create", true);
    const viewer = await listPermissions(database.read, ADMIN, { _size: "1000" }, "viewer");
    expect(viewer.items).toContainEqual({ role: "viewer", permission: "secret_create" });
    expect(viewer.items).toHaveLength((PERMISSIONS_OF_ROLE["viewer"]?.length ?? 0) + 1);
    const all = await listPermissions(database.read, ADMIN, { _size: "2", _offset: "1" });
    const total = Object.values(PERMISSIONS_OF_ROLE).flat().length + 1;
    expect(all.metadata.pagination).toEqual({ total, size: 2, offset: 1 });
    expect(all.items).toHaveLength(2);
  });
});
