import { describe, expect, it } from "vitest";
import { planOf } from "../blueprints.ts";

const CENTRAL = "central_deployment_agent";
const OF_THE_TYPE = {
  max_retries: 3,
  retry_interval: 7,
  timeout: 20,
  timeout_recoverable: true,
};
const OF_THE_TEMPLATE = {
  max_retries: 0,
  retry_interval: 0,
  timeout: 5,
  timeout_recoverable: false,
};

async function operation(template: object) {
  const plan = await planOf(
    {
      tosca_definitions_version: "cloudify_dsl_1_5",
      plugins: { p: { executor: "host_agent", install: false } },
      node_types: {
        app: { interfaces: { life: { go: { implementation: "p.m.f", executor: CENTRAL, ...OF_THE_TYPE } } } },
      },
      node_templates: { web: { type: "app", interfaces: { life: { go: template } } } },
    },
    {},
  );
  return plan.nodes[0]?.operations["life.go"];
}

describe("an operation of a node template", () => {
  it.each(Object.entries(OF_THE_TEMPLATE))(
    "with %s of its own keeps the rest of what its type says",
    async (key, value) => {
      expect(await operation({ [key]: value })).toMatchObject({
        operation: "m.f",
        executor: CENTRAL,
        ...OF_THE_TYPE,
        [key]: value,
      });
    },
  );

  it("that is implemented by something else has nothing of its type", async () => {
    expect(await operation({ implementation: "p.m.g", executor: CENTRAL })).toMatchObject({
      operation: "m.g",
      max_retries: null,
      timeout: null,
    });
  });
});
