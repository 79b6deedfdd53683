import { expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";

it.each([
  ["blueprints set-visibility x -l global", "PATCH /blueprints/x/set-visibility", { visibility: "global" }],
  ["deployments set-visibility x -l tenant", "PATCH /deployments/x/set-visibility", { visibility: "tenant" }],
  ["secrets set-visibility x -l global", "PATCH /secrets/x/set-visibility", { visibility: "global" }],
  ["blueprints set-global x", "PATCH /blueprints/x/set-visibility", { visibility: "global" }],
  ["secrets set-global x", "PATCH /secrets/x/set-visibility", { visibility: "global" }],
  ["blueprints set-owner x -s bob", "PATCH /blueprints/x", { creator: "bob" }],
  ["deployments set-owner x -s bob", "PATCH /deployments/x", { creator: "bob" }],
  ["secrets set-owner x -s bob", "PATCH /secrets/x", { creator: "bob" }],
  ["deployments set-site x -s london", "POST /deployments/x/set-site", { detach_site: false, site_name: "london" }],
  ["deployments set-site x --detach-site", "POST /deployments/x/set-site", { detach_site: true }],
  ["blueprints set-icon x", "PATCH /blueprints/x/icon", ""],
])("%s", async (line, route, body) => {
  const manager = fakeManager().on(route, { body });
  expect(await cfy(line, { manager })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The \w+ x .+\n$/) });
});

it.each(["blueprints", "deployments", "secrets"])("%s never become private again", async (group) => {
  const ran = await cfy(`${group} set-visibility x -l private`);
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("tenant, global") });
});

it("deployments set-site wants to know where to", async () => {
  expect((await cfy("deployments set-site x")).code).toBe(2);
});

it.each([
  "executions list -t other -a",
  "deployments create -b app --private-resource -l global",
  "plugins upload a.wgn -y plugin.yaml --private-resource -l tenant",
])("%s says two things at once", async (line) => {
  expect(await cfy(line)).toMatchObject({ code: 2, stderr: expect.stringContaining("exclude each other") });
});
