import { describe, expect, it } from "vitest";
import {
  type DeploymentPlan,
  type EntityModification,
  modifyDeployment,
  prepareDeployment,
} from "../../../../src/dsl/index.ts";
import { planOf } from "../blueprints.ts";

const RELATIONSHIPS = {
  "cloudify.relationships.depends_on": { properties: { connection_type: { default: "all_to_all" } } },
  "cloudify.relationships.contained_in": { derived_from: "cloudify.relationships.depends_on" },
  "cloudify.relationships.connected_to": { derived_from: "cloudify.relationships.depends_on" },
};

async function deployment(nodes: object, extra: object = {}): Promise<DeploymentPlan> {
  const plan = await planOf({
    tosca_definitions_version: "cloudify_dsl_1_3",
    relationships: RELATIONSHIPS,
    node_types: { t: {} },
    node_templates: nodes,
    ...extra,
  });
  return prepareDeployment(plan);
}

const modify = (plan: DeploymentPlan, modified: Record<string, EntityModification>) =>
  modifyDeployment({
    nodes: plan.nodes,
    scalingGroups: plan.scaling_groups,
    nodeInstances: plan.node_instances,
    modified,
  });

const idsOf = (plan: DeploymentPlan, node: string) =>
  plan.node_instances.filter(({ node_id }) => node_id === node).map(({ id }) => id);

describe("scaling in", () => {
  it("removes hinted instances first, then the newest, and never excluded ones", async () => {
    const plan = await deployment({ a: { type: "t", instances: { deploy: 4 } } });
    const [first, second, third, fourth] = idsOf(plan, "a") as [string, string, string, string];
    const { removed_and_related } = modify(plan, {
      a: { instances: 2, removed_ids_include_hint: [first], removed_ids_exclude_hint: [fourth] },
    });
    expect(removed_and_related.map(({ id }) => id).sort()).toEqual([first, third].sort());
    expect(second).not.toBe(third);
  });

  it("removes the group instance that a hinted member is in", async () => {
    const plan = await deployment(
      { a: { type: "t" }, b: { type: "t" } },
      {
        groups: { g: { members: ["a", "b"] } },
        policies: { p: { type: "cloudify.policies.scaling", targets: ["g"], properties: { default_instances: 3 } } },
      },
    );
    const hinted = plan.node_instances.filter(({ node_id }) => node_id === "a")[1];
    const { removed_and_related } = modify(plan, { g: { instances: 2, removed_ids_include_hint: [hinted?.id ?? ""] } });
    const groups = new Set(removed_and_related.map(({ scaling_groups }) => scaling_groups?.[0]?.id));
    expect(removed_and_related.map(({ node_id }) => node_id).sort()).toEqual(["a", "b"]);
    expect([...groups]).toEqual([hinted?.scaling_groups?.[0]?.id]);
  });
});

describe("scaling out", () => {
  it("contains new instances in new containers and relates them to what is there", async () => {
    const plan = await deployment({
      host: { type: "t" },
      app: {
        type: "t",
        relationships: [
          { type: "cloudify.relationships.contained_in", target: "host" },
          { type: "cloudify.relationships.connected_to", target: "store" },
        ],
      },
      store: { type: "t" },
    });
    const { added_and_related } = modify(plan, { host: { instances: 2 } });
    const added = new Map(
      added_and_related.filter((one) => one.modification === "added").map((one) => [one.node_id, one]),
    );
    const [store] = idsOf(plan, "store");
    expect(added.get("app")?.relationships.map(({ target_id }) => target_id)).toEqual([added.get("host")?.id, store]);
    expect(added_and_related.find(({ id }) => id === store)?.modification).toBeUndefined();
  });

  it("and in again leaves what was there", async () => {
    const plan = await deployment({
      a: { type: "t", instances: { deploy: 2 } },
      b: { type: "t", relationships: [{ type: "cloudify.relationships.connected_to", target: "a" }] },
    });
    const { added_and_related } = modify(plan, { a: { instances: 5 } });
    const added = added_and_related.filter((one) => one.modification === "added");
    const grown = { ...plan, node_instances: [...plan.node_instances, ...added] };
    const back = modify(grown, { a: { instances: 2, removed_ids_include_hint: added.map(({ id }) => id) } });
    expect(
      back.removed_and_related
        .filter((one) => one.modification)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(added.map(({ id }) => id).sort());
  });

  it("reaches a group whose members had no instances", async () => {
    const plan = await deployment(
      { a: { type: "t", instances: { deploy: 0 } } },
      {
        groups: { g: { members: ["a"] } },
        policies: { p: { type: "cloudify.policies.scaling", targets: ["g"], properties: { default_instances: 2 } } },
      },
    );
    expect(modify(plan, { a: { instances: 3 } }).added_and_related).toHaveLength(6);
  });

  it("of a name that does not exist says so", async () => {
    const plan = await deployment({ alpha: { type: "t" } });
    expect(() => modify(plan, { alpa: { instances: 2 } })).toThrow(
      expect.objectContaining({ hint: 'did you mean "alpha"?' }),
    );
  });
});
