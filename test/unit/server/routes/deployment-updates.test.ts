import { describe, expect, it } from "vitest";
import { deploymentUpdateRoutes } from "../../../../src/server/routes/deployment-updates.ts";
import { aServerOf } from "../../../helpers/server.ts";
import { aBlueprint, aPlannedDeployment } from "../../services/planned-world.ts";

const BLUEPRINT = `
tosca_definitions_version: cloudify_dsl_1_5
node_types: {t: {}}
inputs: {n: {default: 1}}
node_templates: {a: {type: t}}
`;

async function aServer() {
  const { app, database } = await aServerOf(deploymentUpdateRoutes);
  await aBlueprint(database, "app", BLUEPRINT);
  await aPlannedDeployment(database, { id: "d1", blueprint: "app" });
  return async (method: "PUT" | "PATCH", path: string, payload: object) => {
    const answer = await app.inject({ method, url: `/api/v3.1/${path}`, payload });
    return { status: answer.statusCode, body: answer.json() };
  };
}

describe("the update that a workflow does by itself", () => {
  it("is written down under an id of its own, and told of by and by", async () => {
    const ask = await aServer();
    const created = await ask("PUT", "deployment-updates/u1", { deployment_id: "d1", inputs: { n: 2 } });
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({
      id: "u1",
      deployment_id: "d1",
      state: "updating",
      old_blueprint_id: "app",
      new_blueprint_id: "app",
      old_inputs: { n: 1 },
      new_inputs: { n: 2 },
    });
    const told = await ask("PATCH", "deployment-updates/u1", { state: "successful" });
    expect(told.body).toMatchObject({ id: "u1", state: "successful" });
  });

  it("is refused when there is one of that id, and without a deployment", async () => {
    const ask = await aServer();
    await ask("PUT", "deployment-updates/u1", { deployment_id: "d1" });
    expect(await ask("PUT", "deployment-updates/u1", { deployment_id: "d1" })).toMatchObject({ status: 409 });
    expect((await ask("PUT", "deployment-updates/u2", {})).body.message).toBe(
      "Missing deployment_id in json request body",
    );
    expect(await ask("PUT", "deployment-updates/u2", { deployment_id: "lost" })).toMatchObject({ status: 404 });
    expect(await ask("PATCH", "deployment-updates/lost", { state: "failed" })).toMatchObject({ status: 404 });
  });
});
