import { describe, expect, it } from "vitest";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { addUser, aManager, type Manager } from "../../../helpers/manager.ts";

const env = (value: string) => ({ key: "env", values: [value], operator: "any_of", type: "label" });

async function aManagerWithDeployments(): Promise<Manager> {
  const manager = await aManager();
  await aDeploymentIn(manager.database, "d1");
  await aDeploymentIn(manager.database, "d2");
  await manager.ask("PATCH", "deployments/d1", { labels: [{ env: "prod" }] });
  await manager.ask("PATCH", "deployments/d2", { labels: [{ env: "dev" }] });
  return manager;
}

describe("searches", () => {
  it("list the deployments for which the rules hold, and say how many they hide", async () => {
    const { ask } = await aManagerWithDeployments();
    const { body } = await ask("POST", "searches/deployments?_include=id&_size=2", { filter_rules: [env("prod")] });
    expect(body.items).toEqual([{ id: "d1" }]);
    expect(body.metadata).toEqual({ pagination: { total: 1, size: 2, offset: 0 }, filtered: 1 });
  });

  it("take the constraints of an input in place of rules, but not beside them", async () => {
    const { ask } = await aManagerWithDeployments();
    const constraints = { labels: [{ env: "dev" }], name_pattern: { starts_with: "d" } };
    const found = await ask("POST", "searches/deployments?_include=id", { constraints });
    const both = await ask("POST", "searches/deployments", { constraints, filter_rules: [env("dev")] });
    expect(found.body.items).toEqual([{ id: "d2" }]);
    expect([both.status, both.body.error_code]).toEqual([400, "bad_parameters_error"]);
  });

  it("refuse a rule they do not understand, and show it", async () => {
    const { ask } = await aManager();
    const { status, body } = await ask("POST", "searches/blueprints", {
      filter_rules: [{ ...env("x"), operator: "is" }],
    });
    expect([status, body.error_code, body.err_filter_rule.operator]).toEqual([400, "invalid_filter_rule", "is"]);
  });

  it("find nodes, types and capabilities of a deployment", async () => {
    const { ask } = await aManagerWithDeployments();
    const nodes = await ask("POST", "searches/nodes?deployment_id=d1&_include=id", { filter_rules: [] });
    const types = await ask("POST", "searches/node-types", { constraints: { deployment_id: "d1" } });
    const nowhere = await ask("POST", "searches/nodes", { filter_rules: [] });
    const offers = await ask("POST", "searches/capabilities?deployment_id=d1", {});
    expect(nodes.body.items).toEqual([{ id: "vm" }]);
    expect(types.body.items).toEqual([{ type: "cloudify.nodes.Root", deployment_id: "d1", blueprint_id: null }]);
    expect(nowhere.status).toBe(400);
    expect(offers.body.items).toEqual([{ deployment_id: "d1", capabilities: [{ url: { value: "http://x" } }] }]);
  });
});

describe("a stored filter", () => {
  it("selects deployments by its name", async () => {
    const { ask } = await aManagerWithDeployments();
    const stored = await ask("PUT", "filters/deployments/df1", { filter_rules: [env("dev")], visibility: "tenant" });
    const listed = await ask("GET", "deployments?_filter_id=df1&_include=id");
    const missing = await ask("GET", "deployments?_filter_id=nosuch");
    expect(stored.body).toMatchObject({ id: "df1", labels_filter_rules: [env("dev")], attrs_filter_rules: [] });
    expect([listed.body.items, listed.body.metadata.filtered]).toEqual([[{ id: "d2" }], 1]);
    expect(missing.body.message).toBe("Requested `DeploymentsFilter` with ID `nosuch` was not found");
  });

  it("keeps its rules of the other kind when those of one are replaced", async () => {
    const { ask } = await aManager();
    const byId = { key: "id", values: ["a"], operator: "contains", type: "attribute" };
    await ask("PUT", "filters/blueprints/f", { filter_rules: [env("dev"), byId] });
    const { body } = await ask("PATCH", "filters/blueprints/f", { filter_rules: [env("prod")] });
    expect(body.value).toEqual([byId, env("prod")]);
  });

  it("is deleted by those who may", async () => {
    const manager = await aManager();
    await addUser(manager, "viv", "viewer");
    await manager.ask("PUT", "filters/blueprints/f", { filter_rules: [env("dev")] });
    expect((await manager.as("viv")("DELETE", "filters/blueprints/f")).status).toBe(403);
    expect((await manager.ask("DELETE", "filters/blueprints/f")).status).toBe(204);
  });
});

describe("labels in use", () => {
  it("are listed by key, and by value", async () => {
    const { ask } = await aManagerWithDeployments();
    expect((await ask("GET", "labels/deployments")).body.items).toEqual(["env"]);
    expect((await ask("GET", "labels/deployments/env?_size=1")).body).toEqual({
      metadata: { pagination: { total: 2, size: 1, offset: 0 }, filtered: null },
      items: ["dev"],
    });
    expect((await ask("GET", "labels/deployments?_reserved=true")).body.items).toContain("csys-obj-type");
  });
});

describe("workflows", () => {
  it("are listed once for all deployments that have them", async () => {
    const { ask } = await aManagerWithDeployments();
    const listed = await ask("GET", "workflows?id=d1");
    const searched = await ask("POST", "searches/workflows?_common_only=true", { filter_rules: [] });
    expect(listed.body.metadata).toEqual({ pagination: { total: 1, size: 1, offset: 0 } });
    expect(listed.body.items).toMatchObject([{ name: "install", is_available: true }]);
    expect(searched.body.items).toHaveLength(1);
  });
});

describe("a site", () => {
  it("has a place, and takes its deployments along to a new name", async () => {
    const { ask } = await aManagerWithDeployments();
    const made = await ask("PUT", "sites/s1", { location: "1.5,-2.5", visibility: "tenant" });
    await ask("POST", "deployments/d1/set-site", { site_name: "s1" });
    await ask("POST", "sites/s1", { new_name: "s2" });
    expect(made.body).toMatchObject({ name: "s1", latitude: 1.5, longitude: -2.5, location: "1.5, -2.5" });
    expect((await ask("GET", "deployments/d1?_include=site_name")).body).toEqual({ site_name: "s2" });
    expect((await ask("DELETE", "sites/s2")).status).toBe(204);
    expect((await ask("GET", "deployments/d1?_include=site_name")).body).toEqual({ site_name: null });
  });

  it("refuses a place that is none", async () => {
    const { ask } = await aManager();
    const { status, body } = await ask("PUT", "sites/s2", { location: "abc" });
    expect([status, body.message]).toEqual([
      400,
      'Invalid location `abc`, the format is expected to be "latitude,longitude" such as "32.071072,34.787274"',
    ]);
  });
});

describe("functions", () => {
  it("are evaluated against a deployment", async () => {
    const { ask } = await aManagerWithDeployments();
    await ask("PUT", "secrets/password", { value: "s3cret" });
    const payload = { x: { concat: ["a", { get_secret: "password" }] }, y: { get_sys: ["deployment", "id"] } };
    const { body } = await ask("POST", "evaluate/functions", { deployment_id: "d1", context: {}, payload });
    expect(body).toEqual({ deployment_id: "d1", payload: { x: "as3cret", y: "d1" } });
  });

  it("that fail are refused with the reason", async () => {
    const { ask } = await aManagerWithDeployments();
    const payload = { x: { get_property: ["nosuch", "c"] } };
    const { status, body } = await ask("POST", "evaluate/functions", { deployment_id: "d1", payload });
    expect([status, body.error_code]).toEqual([400, "functions_evaluation_error"]);
  });
});
