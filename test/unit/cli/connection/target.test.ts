import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { movedToFront } from "../../../../src/cli/connection/member-order.ts";
import {
  type ManagerTarget,
  managerTarget,
  resolveTarget,
  type Target,
} from "../../../../src/cli/connection/target.ts";
import { type ClusterNode, newProfile, type Profile } from "../../../../src/cli/profiles/profile.ts";
import { profileStore } from "../../../../src/cli/profiles/store.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const admin: Partial<Profile> = { manager_ip: "10.0.0.1", manager_username: "admin", manager_password: "secret" };

async function targetOf(
  profile: Partial<Profile>,
  options: { env?: Record<string, string>; tenant?: string; manager?: string } = {},
) {
  const profiles = profileStore(temporaryDirectory());
  await profiles.save({ ...newProfile("prod"), ...profile });
  await profiles.use("prod");
  return (await resolveTarget({ env: {}, ...options, profiles })) as ManagerTarget;
}

describe("the target of a command", () => {
  it("is the embedded server where no profile was chosen", async () => {
    const profiles = profileStore(temporaryDirectory());
    const target: Target = await resolveTarget({ env: {}, profiles });
    expect(target).toEqual({ kind: "local", tenant: "default_tenant" });
  });

  it("is the profile that CFY_PROFILE names, for this one command", async () => {
    const profiles = profileStore(temporaryDirectory());
    await profiles.save({ ...newProfile("test"), ...admin });
    expect(await resolveTarget({ env: { CFY_PROFILE: "test" }, profiles })).toMatchObject({ kind: "manager" });
  });

  it.each([
    ["flag over environment", { manager_tenant: "p" }, { CLOUDIFY_TENANT: "e" }, "f", "f"],
    ["environment over profile", { manager_tenant: "p" }, { CLOUDIFY_TENANT: "e" }, undefined, "e"],
    ["profile over default", { manager_tenant: "p" }, {}, undefined, "p"],
    ["default", {}, {}, undefined, "default_tenant"],
  ])("takes the tenant by rank: %s", async (_rank, profile, env, tenant, expected) => {
    const target = await targetOf({ ...admin, ...profile }, { env: env as Record<string, string>, tenant });
    expect(target.tenant).toBe(expected);
  });

  it("takes credentials of the environment before those of the profile, and notes it", async () => {
    const target = await targetOf(admin, { env: { CLOUDIFY_USERNAME: "admin", CLOUDIFY_PASSWORD: "other" } });
    expect(target.authentication).toEqual({ kind: "basic", username: "admin", password: "other" });
    expect(target.notes).toEqual(["CLOUDIFY_PASSWORD is used instead of the profile's password"]);
  });

  it("takes a token of the environment, whatever the profile holds", async () => {
    const target = await targetOf(admin, { env: { CLOUDIFY_TOKEN: "ctok-1" } });
    expect(target.authentication).toEqual({ kind: "token", token: "ctok-1" });
    expect(target.notes).toEqual(["CLOUDIFY_TOKEN is used instead of the profile's credentials"]);
  });

  it("notes only what differs from the profile", async () => {
    const env = { CLOUDIFY_USERNAME: "eve", CLOUDIFY_PASSWORD: "secret" };
    const target = await targetOf(admin, { env });
    expect(target.authentication).toEqual({ kind: "basic", username: "eve", password: "secret" });
    expect(target.notes).toEqual(["CLOUDIFY_USERNAME is used instead of the profile's user name"]);
  });

  it("takes an empty variable for one that is not set", async () => {
    const env = { CLOUDIFY_USERNAME: "", CLOUDIFY_PASSWORD: "", CLOUDIFY_TOKEN: "", CLOUDIFY_TENANT: "" };
    const target = await targetOf(admin, { env });
    expect(target).toMatchObject({
      authentication: { kind: "basic", username: "admin", password: "secret" },
      tenant: "default_tenant",
      notes: [],
    });
  });

  it.each([
    ["no credentials", { manager_ip: "h" }, {}, "no_credentials", 4],
    ["a name without a password", { manager_ip: "h", manager_username: "u" }, {}, "incomplete_credentials", 4],
    ["a password without a name", { manager_ip: "h", manager_password: "p" }, {}, "incomplete_credentials", 4],
    ["two ways at once", { ...admin, manager_token: "t" }, {}, "ambiguous_credentials", 2],
    ["Kerberos", { manager_ip: "h", kerberos_env: true }, {}, "kerberos_unsupported", 4],
    ["no address", { manager_username: "u", manager_password: "p" }, {}, "profile_without_manager", 2],
  ])("refuses a profile with %s", async (_what, profile, env, code, exit) => {
    await expect(targetOf(profile, { env })).rejects.toMatchObject({ code, exit });
  });

  it("trusts what the environment says to trust", async () => {
    const env = { LOCAL_REST_CERT_FILE: "/env.pem", CLOUDIFY_SSL_TRUST_ALL: "yes" };
    const target = await targetOf({ ...admin, rest_certificate: "/profile.pem" }, { env });
    expect(target.endpoints).toMatchObject([{ caFile: "/env.pem", trustAll: true }]);
    expect(target.notes).toEqual(["LOCAL_REST_CERT_FILE is used instead of the profile's rest_certificate"]);
  });

  it("trusts what the profile names, else the certificate beside it", async () => {
    const named = await targetOf({ ...admin, rest_certificate: "/profile.pem" });
    expect(named.endpoints).toMatchObject([{ caFile: "/profile.pem", trustAll: false }]);

    const profiles = profileStore(temporaryDirectory());
    const profile = { ...newProfile("prod"), ...admin };
    await profiles.save(profile);
    expect(managerTarget(profile, { env: {}, profiles }).endpoints[0]?.caFile).toBeUndefined();
    const beside = join(profiles.directory("prod"), "public_rest_cert.crt");
    writeFileSync(beside, "");
    expect(managerTarget(profile, { env: {}, profiles }).endpoints).toMatchObject([{ caFile: beside }]);
  });

  it.each([
    [{ CLOUDIFY_TENANT: "e" }, undefined, ["CLOUDIFY_TENANT is used instead of the profile's manager_tenant"]],
    [{ CLOUDIFY_TENANT: "p" }, undefined, []],
    [{ CLOUDIFY_TENANT: "e" }, "f", []],
  ])("notes a tenant of the environment that wins over another one: %j, flag %j", async (env, tenant, notes) => {
    const target = await targetOf({ ...admin, manager_tenant: "p" }, { env, tenant });
    expect(target.notes).toEqual(notes);
  });
});

describe("the members of a cluster", () => {
  const node = (host_ip: string, more: Partial<ClusterNode> = {}): ClusterNode => ({
    hostname: host_ip,
    host_ip,
    host_type: "manager",
    ...more,
  });
  const cluster: Partial<Profile> = {
    ...admin,
    rest_port: 443,
    rest_protocol: "https",
    cluster: {
      manager: [
        node("10.0.0.2"),
        node("10.0.0.1", { cert: "/one.pem" }),
        node("10.0.0.3", { rest_port: 8443, trust_all: true }),
      ],
    },
  };

  it("are asked beginning with the profile's manager, each with its own port and trust", async () => {
    const { endpoints } = await targetOf(cluster);
    expect(endpoints).toMatchObject([
      { host: "10.0.0.1", port: 443, caFile: "/one.pem", trustAll: false },
      { host: "10.0.0.2", port: 443, trustAll: false },
      { host: "10.0.0.3", port: 8443, trustAll: true },
    ]);
  });

  it("are left alone when --manager names an address, be it none of them", async () => {
    const { endpoints } = await targetOf(cluster, { manager: "manager.example" });
    expect(endpoints).toMatchObject([{ host: "manager.example", port: 443, protocol: "https" }]);
  });

  it("are remembered with the one that answered first, beside the other hosts of the cluster", () => {
    const db = [node("10.0.0.9")];
    const profile = movedToFront({ ...newProfile("c"), ...cluster, cluster: { ...cluster.cluster, db } }, "10.0.0.3");
    expect(profile.manager_ip).toBe("10.0.0.3");
    expect(profile.cluster.manager?.map(({ host_ip }) => host_ip)).toEqual(["10.0.0.3", "10.0.0.2", "10.0.0.1"]);
    expect(profile.cluster.db).toEqual(db);
  });
});
