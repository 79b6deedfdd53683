import { describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";

const rule = { key: "env", values: ["prod"], operator: "any_of", type: "label" };
const attribute = { key: "created_by", values: ["bob"], operator: "not_any_of", type: "attribute" };
const filter = { id: "f1", labels_filter_rules: [rule], attrs_filter_rules: [attribute], visibility: "tenant" };

describe.each(["blueprints", "deployments"])("%s filters", (of) => {
  it.each([
    [
      "create f1 -lr env=prod -ar created_by!=bob",
      `PUT /filters/${of}/f1`,
      { filter_rules: [rule, attribute], visibility: "tenant" },
    ],
    ["update f1 -lr env=prod", `PATCH /filters/${of}/f1`, { filter_rules: [rule] }],
    ["update f1 -l global", `PATCH /filters/${of}/f1`, { visibility: "global" }],
    ["delete f1", `DELETE /filters/${of}/f1`, ""],
  ])("%s", async (line, route, body) => {
    const manager = fakeManager().on(route, { body, answer: filter });
    expect(await cfy(`${of} filters ${line}`, { manager })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The filter f1 is /),
    });
  });

  it.each(["create f1", "update f1"])("%s without a rule is a mistake", async (line) => {
    expect((await cfy(`${of} filters ${line}`)).code).toBe(2);
  });

  it("are shown with rules as they are written", async () => {
    const manager = fakeManager().on(`GET /filters/${of}/f1`, { answer: filter });
    const ran = await cfy(`${of} filters get f1 --json`, { manager });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      labels_filter_rules: '"env=prod"',
      attrs_filter_rules: '"created_by!=bob"',
    });
  });

  it("that do not exist: exit code 5, and how to see those that do", async () => {
    const answer = { error_code: "not_found_error", message: "no f1" };
    const manager = fakeManager().on(`DELETE /filters/${of}/f1`, { status: 404, answer });
    const ran = await cfy(`${of} filters delete f1`, { manager });
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining(`cfy ${of} filters list`) });
  });
});
