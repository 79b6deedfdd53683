import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { ensureFirstPassword } from "../../../../src/server/identity/first-password.ts";
import { ensureDefaults } from "../../../../src/services/bootstrap/ensure-defaults.ts";
import { identify } from "../../../../src/services/identity/authenticate.ts";
import { hashPassword } from "../../../../src/services/identity/passwords.ts";
import type { Database } from "../../../../src/storage/index.ts";
import { aDatabase, NOW } from "../../../helpers/database.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

let database: Database;
let file: string;
beforeEach(async () => {
  database = await aDatabase();
  await ensureDefaults(database);
  file = join(temporaryDirectory(), "admin-password");
});

const held = () => readFileSync(file, "utf8").trim();
const asAdmin = (password: string) =>
  identify(database, { basic: { username: "admin", password } }, { tenant: "default_tenant", now: NOW });

describe("the first password of admin", () => {
  it("lets admin in, and is readable by the owner of the home only", async () => {
    expect(await ensureFirstPassword(database, file)).toBe(true);
    expect(await asAdmin(held())).toMatchObject({ username: "admin", role: "sys_admin" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("stays when the server starts again", async () => {
    await ensureFirstPassword(database, file);
    const first = held();
    expect(await ensureFirstPassword(database, file)).toBe(true);
    expect(held()).toBe(first);
  });

  it("leaves the file when it was changed", async () => {
    await ensureFirstPassword(database, file);
    const password_hash = await hashPassword("chosen");
    await database.unitOfWork((tx) => tx.users.update("admin", { password_hash }));
    expect(await ensureFirstPassword(database, file)).toBe(false);
    expect(existsSync(file)).toBe(false);
    await expect(asAdmin("chosen")).resolves.toBeDefined();
  });
});
