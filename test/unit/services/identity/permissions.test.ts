import { describe, expect, it } from "vitest";
import { authorize, type Identity } from "../../../../src/services/identity/identity.ts";
import { permissionsOf } from "../../../helpers/permissions.ts";

const viewer: Identity = {
  username: "viv",
  tenant: "t1",
  tenants: ["t1"],
  role: "default",
  permissions: permissionsOf("default", "viewer"),
  method: "http_basic",
};

describe("roles", () => {
  it.each([
    ["viewer", "execution_list", true],
    ["viewer", "execution_start", false],
    ["operations", "execution_start", true],
    ["operations", "blueprint_upload", false],
    ["operations", "create_token", false],
    ["user", "blueprint_upload", true],
    ["user", "manager_config_put", false],
    ["manager", "manager_config_put", true],
    ["default", "version_get", true],
    ["default", "deployment_list", false],
    ["sys_admin", "maintenance_mode_set", true],
  ] as const)("%s, %s: %s", (role, permission, allowed) => {
    expect(permissionsOf(role).has(permission)).toBe(allowed);
  });

  it("add up", () => {
    expect(permissionsOf("viewer", "user").has("secret_create")).toBe(true);
  });

  it("refuse by name of user, action and tenant", () => {
    expect(() => authorize(viewer, "execution_start")).toThrow(
      expect.objectContaining({
        code: "forbidden_error",
        message: "User `viv` is not permitted to perform the action execution_start in the tenant `t1`",
      }),
    );
  });
});
