import { describe, expect, it } from "vitest";
import { interDeploymentDependencyRoutes } from "../../../../src/server/routes/inter-deployment-dependencies.ts";
import { aDeploymentIn } from "../../../helpers/deployment.ts";
import { aServerOf } from "../../../helpers/server.ts";

const PATH = "deployments/inter-deployment-dependencies";

async function aServer() {
  const { app, database } = await aServerOf(interDeploymentDependencyRoutes);
  for (const id of ["app", "infra"]) await aDeploymentIn(database, id);
  return async (method: "GET" | "PUT" | "POST" | "DELETE", path: string, payload?: object) => {
    const answer = await app.inject({ method, url: `/api/v3.1/${path}`, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
  };
}

describe("inter-deployment dependencies over the API", () => {
  it("are stored, listed and filtered with all the fields of the wire, and deleted", async () => {
    const ask = await aServer();
    const asked = { dependency_creator: "sharedresource.vm_1", source_deployment: "app", target_deployment: "infra" };
    const created = await ask("PUT", PATH, asked);
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({
      dependency_creator: "sharedresource.vm_1",
      source_deployment_id: "app",
      target_deployment_id: "infra",
      target_deployment_func: null,
      external_source: null,
      external_target: null,
      tenant_name: "default_tenant",
      visibility: "tenant",
    });
    const listed = await ask("GET", `${PATH}?source_deployment_id=app`);
    expect(listed.body.items).toEqual([created.body]);
    expect((await ask("GET", `${PATH}?source_deployment_id=infra`)).body.items).toEqual([]);
    expect((await ask("DELETE", PATH, asked)).body.message).toBe("Missing is_component_deletion in json request body");
    expect((await ask("DELETE", PATH, { ...asked, is_component_deletion: false })).status).toBe(204);
    expect((await ask("GET", PATH)).body.items).toEqual([]);
  });

  it("come and are replaced in numbers; the answer names their ids", async () => {
    const ask = await aServer();
    const inter_deployment_dependencies = [
      { dependency_creator: "outputs.a.get_capability", target_deployment: "infra" },
      { dependency_creator: "outputs.b.get_capability", target_deployment_func: { function: {}, context: {} } },
    ];
    const created = await ask("POST", PATH, { source_deployment_id: "app", inter_deployment_dependencies });
    expect(created.body).toEqual({
      items: [{ id: expect.any(String) }, { id: expect.any(String) }],
      metadata: { pagination: { total: 2, size: 2, offset: 0 } },
    });
    const replaced = await ask("PUT", "deployments/app/inter-deployment-dependencies", {
      inter_deployment_dependencies: inter_deployment_dependencies.slice(0, 1),
    });
    expect((await ask("GET", PATH)).body.items.map(({ id }: { id: string }) => id)).toEqual([
      replaced.body.items[0].id,
    ]);
  });
});
