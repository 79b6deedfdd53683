import { describe, expect, it } from "vitest";
import type { Json } from "../../../../src/api/resources.ts";
import type { ParameterDeclaration } from "../../../../src/services/executions/merge-parameters.ts";
import { parameterChecks } from "../../../../src/services/executions/parameter-checks.ts";
import { found } from "../../../../src/services/refusal.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

async function checks() {
  const { database } = await aDatabase();
  await aDeployment(database, "d1");
  const deployment = found(await database.read.deployments.get(ADMIN.tenant, "d1"), "Deployment", "d1");
  return parameterChecks(database.read, deployment);
}

describe("the functions in a parameter", () => {
  it("are evaluated when the execution starts", async () => {
    const { evaluate } = await checks();
    expect(await evaluate({ concat: ["size ", { get_input: "size" }] })).toBe("size 3");
  });

  it.each<[Json]>([[{ get_secret: "s" }], [{ concat: ["a", { get_secret: "s" }, { get_input: "size" }] }]])(
    "stay as they are where a secret is among them, which nobody shall see: %j",
    async (value) => {
      const { evaluate } = await checks();
      expect(await evaluate(value)).toEqual(value);
    },
  );

  it("that fail are the caller's mistake", async () => {
    const { evaluate } = await checks();
    await expect(evaluate({ get_input: "nosuch" })).rejects.toMatchObject({
      code: "illegal_execution_parameters_error",
    });
  });
});

describe("the value of a parameter", () => {
  it.each<[string, ParameterDeclaration, Json, unknown]>([
    ["any", {}, 5, undefined],
    ["within constraints", { type: "integer", constraints: [{ in_range: [1, 9] }] }, 5, undefined],
    ["out of constraints", { type: "integer", constraints: [{ in_range: [1, 4] }] }, 5, expect.stringContaining("5")],
    ["a deployment that is there", { type: "deployment_id" }, "d1", undefined],
    [
      "a deployment that is not there",
      { type: "deployment_id" },
      "nosuch",
      "Value 'nosuch' of 'p' is not a valid value for data type 'deployment_id'.",
    ],
    ["a secret that is not there", { type: "secret_key" }, "nosuch", expect.stringContaining("secret_key")],
    ["a node type that is not there", { type: "node_type" }, "nosuch", expect.stringContaining("node_type")],
  ])("may be %s, or is told", async (_, declaration, value, told) => {
    const { violation } = await checks();
    expect(await violation("p", declaration, value)).toEqual(told);
  });
});
