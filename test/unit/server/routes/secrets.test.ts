import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addUser, aManager } from "../../../helpers/manager.ts";

const put = { value: "a value", update_if_exists: false, is_hidden_value: false, visibility: "tenant" };

describe("a secret", () => {
  it("is answered sealed when it is stored, and open when it is read", async () => {
    const { ask, files } = await aManager();
    const stored = await ask("PUT", "secrets/k1", put);
    const read = await ask("GET", "secrets/k1");
    expect([stored.status, stored.body.key, stored.body.provider_name]).toEqual([200, "k1", null]);
    expect(stored.body.value).not.toContain("a value");
    expect(read.body.value).toBe("a value");
    expect((await stat(join(files, "../secrets.key"))).mode & 0o777).toBe(0o600);
  });

  it("is not stored in the clear", async () => {
    const { ask, database } = await aManager();
    await ask("PUT", "secrets/k1", { ...put, value: "very secret" });
    expect(JSON.stringify(await database.read.secrets.get("default_tenant", "k1"))).not.toContain("very secret");
  });

  it("does not open under another key's name", async () => {
    const { vault } = await aManager();
    const sealed = await vault.seal("v", { tenant_name: "t", key: "a" });
    await expect(vault.open(sealed, { tenant_name: "t", key: "b" })).rejects.toThrow();
  });

  it("is replaced only when that is asked for", async () => {
    const { ask } = await aManager();
    await ask("PUT", "secrets/k1", put);
    const again = await ask("PUT", "secrets/k1", put);
    const replaced = await ask("PUT", "secrets/k1", { ...put, value: "v2", update_if_exists: true });
    expect([again.status, again.body.error_code]).toEqual([409, "conflict_error"]);
    expect(again.body.message).toBe(
      "<Secret id=`k1` tenant=`default_tenant`> already exists on <Tenant name=`default_tenant`> or with global visibility",
    );
    expect(replaced.status).toBe(200);
    expect((await ask("GET", "secrets/k1")).body.value).toBe("v2");
  });

  it("may be a document, which must fit its schema", async () => {
    const { ask } = await aManager();
    const schema = { type: "array" };
    const stored = await ask("PUT", "secrets/k3", { ...put, value: [1, 2], schema });
    const wrong = await ask("PUT", "secrets/k4", { ...put, value: "x", schema });
    expect([stored.status, (await ask("GET", "secrets/k3")).body.value]).toEqual([200, [1, 2]]);
    expect([wrong.status, wrong.body.error_code]).toEqual([409, "conflict_error"]);
  });

  it("is listed without its value", async () => {
    const { ask } = await aManager();
    await ask("PUT", "secrets/k1", put);
    const { body } = await ask("GET", "secrets?_all_tenants=False&_offset=0&_size=1000&_sort=key");
    expect(body.items).toEqual([
      {
        key: "k1",
        created_at: expect.any(String),
        updated_at: expect.any(String),
        resource_availability: "tenant",
        visibility: "tenant",
        tenant_name: "default_tenant",
        created_by: "admin",
        is_hidden_value: false,
        provider_name: null,
      },
    ]);
  });

  it("that is hidden shows its value to its creator and to administrators only", async () => {
    const manager = await aManager();
    await addUser(manager, "viv", "user");
    await manager.ask("PUT", "secrets/k2", { ...put, is_hidden_value: true });
    expect((await manager.as("viv")("GET", "secrets/k2")).body.value).toBe("");
    expect((await manager.as("viv")("PATCH", "secrets/k2", { value: "mine" })).status).toBe(403);
    expect((await manager.ask("GET", "secrets/k2")).body.value).toBe("a value");
  });

  it("that is private is not there for others", async () => {
    const manager = await aManager();
    await addUser(manager, "viv", "user");
    await manager.ask("PUT", "secrets/k2", { ...put, visibility: "private" });
    const asked = await manager.as("viv")("GET", "secrets/k2");
    expect([asked.status, asked.body.message]).toEqual([404, "Requested `Secret` with ID `k2` was not found"]);
  });

  it("travels encrypted with a passphrase, and comes back", async () => {
    const { ask } = await aManager();
    await ask("PUT", "secrets/k1", put);
    const exported = (await ask("GET", "secrets/share/export?_passphrase=passphrase1&_all_tenants=False")).body;
    expect(exported[0]).toMatchObject({ key: "k1", encrypted: true, provider: null });
    await ask("DELETE", "secrets/k1");
    const body = { secrets_list: exported, override_collisions: false, passphrase: "passphrase1" };
    const imported = await ask("POST", "secrets/share/import", body);
    expect(imported.body).toEqual({ colliding_secrets: {}, secrets_errors: {} });
    expect((await ask("GET", "secrets/k1")).body.value).toBe("a value");
  });

  it("is exported with as much about itself as is asked for", async () => {
    const { ask } = await aManager();
    await ask("PUT", "secrets/k1", put);
    const exported = async (query: string) => (await ask("GET", `secrets/share/export?${query}`)).body;
    expect(await exported("_include=key,creator&_include_metadata=True")).toEqual([{ key: "k1", creator: "admin" }]);
    expect((await exported("_include_metadata=True"))[0]).toMatchObject({ key: "k1", creator: "admin" });
    expect(await exported("_include=key,creator")).toMatchObject({ error_code: "no_such_include_field_error" });
  });

  it("is told to collide, and to be wrong, by import", async () => {
    const { ask } = await aManager();
    await ask("PUT", "secrets/k1", put);
    const [exported] = (await ask("GET", "secrets/share/export")).body;
    const secrets_list = [exported, { key: "k2" }, { ...exported, key: "k3", encrypted: true }];
    const { body } = await ask("POST", "secrets/share/import", { secrets_list, override_collisions: false });
    expect(body.colliding_secrets).toEqual({ default_tenant: ["k1"] });
    expect(Object.keys(body.secrets_errors)).toEqual(["1", "2"]);
  });
});
