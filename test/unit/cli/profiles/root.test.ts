import { userInfo } from "node:os";
import { expect, it } from "vitest";
import { cloudifyRoot } from "../../../../src/cli/profiles/root.ts";

it.each([
  [{ CFY_WORKDIR: "/work", HOME: "/home/eve" }, "/work/.cloudify"],
  [{ CFY_WORKDIR: "", HOME: "/home/eve" }, "/home/eve/.cloudify"],
  [{}, `${userInfo().homedir}/.cloudify`],
])("what cfy keeps is, with %j, in %s", (env, root) => {
  expect(cloudifyRoot(env)).toBe(root);
});
