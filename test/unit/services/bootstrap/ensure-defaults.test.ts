import { expect, it } from "vitest";
import { ensureDefaults } from "../../../../src/services/bootstrap/ensure-defaults.ts";
import { aDatabase } from "../../../helpers/database.ts";

it("a new database gets its tenant, its administrator and its configuration", async () => {
  const database = await aDatabase();
  await ensureDefaults(database);
  expect(await database.read.tenants.names()).toEqual(["default_tenant"]);
  expect(await database.read.users.get("admin")).toMatchObject({ role: "sys_admin", active: true });
  expect(await database.read.config.named("task_retries")).toMatchObject([{ scope: "workflow", value: 60 }]);
});

it("what an operator has set stays", async () => {
  const database = await aDatabase();
  await ensureDefaults(database);
  await database.unitOfWork(async (tx) => {
    await tx.config.update("workflow", "task_retries", { value: 3 });
    await tx.users.update("admin", { password_hash: "set" });
  });
  await ensureDefaults(database);
  expect(await database.read.config.named("task_retries")).toMatchObject([{ value: 3 }]);
  expect(await database.read.users.get("admin")).toMatchObject({ password_hash: "set" });
});

it("a database of an older release gets the server's own filters, once", async () => {
  const database = await aDatabase();
  await ensureDefaults(database);
  await database.unitOfWork((tx) => tx.deploymentFilters.remove("default_tenant", "csys-service-filter"));
  await ensureDefaults(database);
  const scope = { tenants: ["another"], privateOf: "admin" };
  const { items } = await database.read.deploymentFilters.list({ scope });
  expect(items.map(({ id, is_system_filter }) => [id, is_system_filter])).toEqual([
    ["csys-environment-filter", true],
    ["csys-k8s-filter", true],
    ["csys-terraform-filter", true],
    ["csys-service-filter", true],
  ]);
});
