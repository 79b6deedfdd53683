import { expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";

it.each([
  ["sites create s1 --location 1.5,-2.5", "PUT /sites/s1", { visibility: "tenant", location: "1.5,-2.5" }],
  ["sites update s1 --new-name s2", "POST /sites/s1", { new_name: "s2" }],
  ["sites update s1 --location ''", "POST /sites/s1", { location: "" }],
  ["sites delete s1", "DELETE /sites/s1", ""],
])("%s", async (line, route, body) => {
  const manager = fakeManager().on(route, { body });
  expect(await cfy(line, { manager })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The site s1 is /) });
});

it("sites list is in the order of names", async () => {
  const manager = fakeManager().list("/sites", [{ name: "s1", location: "1, 2" }], { query: { _sort: "name" } });
  const ran = await cfy("sites list --format csv --columns name,location --no-headers", { manager });
  expect(ran).toMatchObject({ code: 0, stdout: 's1,"1, 2"\n' });
});

it.each(["sites update s1", "sites create 'a b'"])("%s is a mistake that no server is asked about", async (line) => {
  expect((await cfy(line)).code).toBe(2);
});

it("a site that does not exist: exit code 5, and how to see those that do", async () => {
  const answer = { error_code: "not_found_error", message: "no site s1" };
  const manager = fakeManager().on("GET /sites/s1", { status: 404, answer });
  const ran = await cfy("sites get s1 --json", { manager });
  expect(ran).toMatchObject({ code: 5, stdout: "" });
  expect(JSON.parse(ran.stderr)).toMatchObject({ error: { hint: "cfy sites list" } });
});
