import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { fastClock } from "../../../helpers/fast-clock.ts";

describe("config update", () => {
  it("sets one name after the other, and never repeats what it set them to", async () => {
    const entry = { name: "ldap_password", value: "********", scope: "rest" };
    const manager = fakeManager()
      .on("PUT /config/ldap_password", { body: { value: "s3cret", force: false }, answer: entry })
      .on("PUT /config/workers", {
        body: { value: "5", force: false },
        answer: { name: "workers", scope: "mgmtworker" },
      });
    const ran = await cfy("config update ldap_password=s3cret workers=5", { manager });
    expect(ran.code).toBe(0);
    expect(ran.stdout + ran.stderr).not.toContain("s3cret");
    expect(ran.stderr).toContain("mgmtworker service");
  });

  it("wants something to change", async () => {
    expect((await cfy("config update")).code).toBe(2);
  });
});

describe("maintenance-mode", () => {
  const answer = { status: "activating", remaining_executions: [[{ id: "E1" }]] };

  it("activate --wait looks until running executions have ended", async () => {
    const manager = fakeManager()
      .on("POST /maintenance/activate", { answer })
      .on("GET /maintenance", { answer, times: 2 })
      .on("GET /maintenance", { answer: { status: "activated" } });
    const ran = await cfy("maintenance-mode activate --wait", { manager, clock: fastClock() });
    expect(ran).toMatchObject({ code: 0, stdout: "The server is in maintenance mode\n" });
  });

  it("activate --wait --timeout gives up with 124", async () => {
    const manager = fakeManager()
      .on("POST /maintenance/activate", { answer })
      .on("GET /maintenance", { answer, times: "any" });
    expect((await cfy("maintenance-mode activate --wait --timeout 1", { manager, clock: fastClock() })).code).toBe(124);
  });

  it("activate --timeout without --wait is a mistake", async () => {
    expect((await cfy("maintenance-mode activate --timeout 5")).code).toBe(2);
  });

  it("status tells what it waits for", async () => {
    const ran = await cfy("maintenance-mode status --json", {
      manager: fakeManager().on("GET /maintenance", { answer }),
    });
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: "activating", remaining_executions: [{ id: "E1" }] });
  });
});

describe("license", () => {
  it("upload sends the file as it is", async () => {
    const file = join(temporaryDirectory(), "license.yaml");
    writeFileSync(file, "license: {}\n");
    const manager = fakeManager().on("PUT /license", { body: "license: {}\n" });
    expect((await cfy(`license upload ${file}`, { manager })).code).toBe(0);
  });

  it("environments count answers a number", async () => {
    const query = { _all_tenants: "True", _environments_only: "True", _get_all_results: "True" };
    const manager = fakeManager().list("/deployments", [{ id: "d1" }, { id: "d2" }], { query });
    expect(await cfy("license environments count --json", { manager })).toMatchObject({ code: 0, stdout: "2\n" });
  });

  it("environments list names deployments of all tenants", async () => {
    const row = { id: "d1", display_name: "first", tenant_name: "t2" };
    const manager = fakeManager().list("/deployments", [row], { query: { _all_tenants: "True" } });
    const ran = await cfy("license environments list --format csv --no-headers", { manager });
    expect(ran.stdout).toBe("d1,first,t2\n");
  });
});

describe("ldap set", () => {
  it("sends every setting, null where none was given", async () => {
    const manager = fakeManager().on("POST /ldap");
    await cfy("ldap set -s ldap://h -u u -p p -a", { manager });
    expect(JSON.parse(manager.requests[0]?.body ?? "")).toMatchObject({
      ldap_server: "ldap://h",
      ldap_username: "u",
      ldap_password: "p",
      ldap_is_active_directory: true,
      ldap_domain: null,
      ldap_nested_levels: null,
    });
  });

  it("wants a password with the user name", async () => {
    expect((await cfy("ldap set -s ldap://h -u u")).code).toBe(2);
  });
});
