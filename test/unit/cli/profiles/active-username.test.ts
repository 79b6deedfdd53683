import { expect, it } from "vitest";
import { activeUsername } from "../../../../src/cli/profiles/active-username.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

const eve = { name: "p", manager_username: "eve", manager_password: "s" };

it.each([
  ["the profile's", eve, {}, "eve"],
  ["the environment's, where it names one", eve, { CLOUDIFY_USERNAME: "bob" }, "bob"],
  ["nobody that is known by name, where a token says it", { name: "p", manager_token: "t" }, {}, undefined],
  ["nobody, on the server of this machine", undefined, { CLOUDIFY_USERNAME: "bob" }, undefined],
])("commands act as %s", async (_who, profile, variables, username) => {
  const { env } = await cfyHome(profile);
  expect(await activeUsername({ ...env, ...variables })).toBe(username);
});
