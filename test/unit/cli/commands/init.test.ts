import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

describe("init", () => {
  it("goes back to the server of this machine, and may be repeated", async () => {
    const { env, profiles } = await cfyHome({ name: "prod", manager_ip: "10.0.0.1" });
    for (const _ of [1, 2]) expect((await cfy("init", { env })).code).toBe(0);
    expect(await profiles.active()).toBe("local");
  });

  it("keeps what else config.yaml says when it turns colours on", async () => {
    const { env, directory } = await cfyHome({ name: "prod" });
    const file = join(directory, ".cloudify", "config.yaml");
    writeFileSync(file, "# mine\nauto_generate_ids: true\n");
    expect((await cfy("init --enable-colors", { env })).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe("# mine\nauto_generate_ids: true\ncolors: true\n");
  });

  it.each([
    ["-r", true],
    ["-r --hard", false],
  ])("%s forgets local state of older versions; only --hard the settings", async (flags, settingsStay) => {
    const { env, directory, profiles } = await cfyHome({ name: "prod" });
    const config = join(directory, ".cloudify", "config.yaml");
    writeFileSync(config, "colors: true\n");
    mkdirSync(profiles.directory("local"), { recursive: true });
    expect((await cfy(`init ${flags}`, { env })).code).toBe(0);
    expect([existsSync(profiles.directory("local")), existsSync(config)]).toEqual([false, settingsStay]);
    expect(await profiles.names()).toEqual(["prod"]);
  });

  it("asks nothing of a manager that CFY_PROFILE names", async () => {
    const { env } = await cfyHome({ name: "prod", manager_ip: "10.0.0.1" });
    const ran = await cfy("init app/blueprint.yaml", { env: { ...env, CFY_PROFILE: "prod" }, manager: fakeManager() });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("CFY_PROFILE") });
  });

  it("keeps the one of an earlier init when the new blueprint is not valid", async () => {
    const { env, directory } = await cfyHome();
    const folder = join(directory, "app");
    mkdirSync(folder);
    writeFileSync(join(folder, "blueprint.yaml"), "tosca_definitions_version: cloudify_dsl_1_4\ninputs: 5\n");
    const manager = fakeManager()
      .on("GET /deployments/app", { answer: { id: "app" } })
      .on("GET /blueprints/app", { answer: { id: "app" } });
    const ran = await cfy(["init", join(folder, "blueprint.yaml")], { env, manager });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("is not valid: 1 error") });
  });

  it("with a blueprint replaces the one of an earlier init", async () => {
    const { env, directory } = await cfyHome();
    const folder = join(directory, "app");
    mkdirSync(folder);
    writeFileSync(join(folder, "blueprint.yaml"), "tosca_definitions_version: cloudify_dsl_1_4\n");
    const missing = { status: 404, answer: { message: "not there", error_code: "not_found_error" } };
    const manager = fakeManager()
      .on("GET /deployments/app", missing)
      .on("GET /blueprints/app", { query: { _include: "id" }, answer: { id: "app" } })
      .on("DELETE /blueprints/app", { status: 204 })
      .on("GET /api/version", { answer: { version: "7.1" }, times: "any" })
      .list("/config", [], { times: "any" })
      .on("PUT /blueprints/app", {
        status: 201,
        answer: { id: "app", state: "uploaded", upload_execution: { id: "u1" } },
      })
      .on("GET /blueprints/app", {
        answer: { id: "app", state: "uploaded", upload_execution: { id: "u1" } },
        times: "any",
      })
      .on("GET /executions/u1", { answer: { id: "u1", status: "terminated", error: "" }, times: "any" })
      .list("/events", [], { times: "any" })
      .on("PUT /deployments/app", { status: 201, answer: { id: "app" } });
    const ran = await cfy(["init", join(folder, "blueprint.yaml"), "-i", "size=3"], {
      env,
      manager,
      clock: systemClock,
    });
    expect(ran.stderr).toContain("deployment app");
    expect(ran.code).toBe(0);
    const created = manager.requests.find(({ method, path }) => method === "PUT" && path.endsWith("/deployments/app"));
    expect(JSON.parse(created?.body ?? "")).toMatchObject({ blueprint_id: "app", inputs: { size: "3" } });
  });
});
