import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newProfile } from "../../../../src/cli/profiles/profile.ts";
import { profileStore } from "../../../../src/cli/profiles/store.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** As the original writes it, with a field that this version knows nothing of. */
const ORIGINAL = {
  cluster: {
    broker: [{ host_ip: "10.0.0.1", host_type: "broker", hostname: "rabbitmq", networks: { default: "10.0.0.1" } }],
    manager: [{ cert: null, host_ip: "10.0.0.1", host_type: "manager", hostname: "cloudify-manager", rest_port: 8190 }],
  },
  kerberos_env: false,
  manager_ip: "10.0.0.1",
  manager_password: "admin",
  manager_tenant: "default_tenant",
  manager_token: null,
  manager_username: "admin",
  name: "prod",
  provider_context: {},
  rest_certificate: null,
  rest_port: 8190,
  rest_protocol: "http",
  ssh_key: null,
  ssh_port: 22,
  ssh_user: null,
  some_later_field: [1],
};

describe("the profile store", () => {
  it("reads what the original wrote and writes it back without losing or changing anything", async () => {
    const root = temporaryDirectory();
    const file = join(root, "profiles", "prod", "context.json");
    mkdirSync(join(root, "profiles", "prod"), { recursive: true });
    writeFileSync(file, JSON.stringify(ORIGINAL));
    const store = profileStore(root);
    await store.save(await store.get("prod"));
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(ORIGINAL);
  });

  it("sorts keys and indents by four, so that a file differs only where a profile does", async () => {
    const root = temporaryDirectory();
    await profileStore(root).save(newProfile("a"));
    const lines = readFileSync(join(root, "profiles", "a", "context.json"), "utf8").split("\n");
    expect(lines.slice(0, 3)).toEqual(["{", '    "cluster": {},', '    "kerberos_env": false,']);
  });

  it("lets nobody but the owner read a profile", async () => {
    const root = join(temporaryDirectory(), ".cloudify");
    await profileStore(root).save(newProfile("a"));
    expect(mode(root)).toBe("700");
    expect(mode(join(root, "profiles", "a"))).toBe("700");
    expect(mode(join(root, "profiles", "a", "context.json"))).toBe("600");
  });

  it("reads the YAML of older versions", async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, "profiles", "old"), { recursive: true });
    const yaml =
      "!CloudifyProfileContext\nprofile_name: old\n_manager_ip: 10.1.1.1\nmanager_username: admin\nrest_port: '443'\nrest_protocol: https\n_cluster: []\n";
    writeFileSync(join(root, "profiles", "old", "context"), yaml);
    expect(await profileStore(root).get("old")).toMatchObject({
      name: "old",
      manager_ip: "10.1.1.1",
      manager_username: "admin",
      rest_port: 443,
      rest_protocol: "https",
      cluster: { manager: [] },
    });
  });

  it("goes by the newer file where there are both, and names the one that it cannot read", async () => {
    const root = temporaryDirectory();
    const store = profileStore(root);
    await store.save({ ...newProfile("a"), manager_ip: "10.0.0.2" });
    writeFileSync(join(root, "profiles", "a", "context"), "manager_ip: 10.0.0.1\n");
    expect(await store.get("a")).toMatchObject({ manager_ip: "10.0.0.2" });
    mkdirSync(join(root, "profiles", "old"));
    writeFileSync(join(root, "profiles", "old", "context"), "- no mapping\n");
    const message = `Profile old cannot be read: ${join(root, "profiles", "old", "context")}: it is not a mapping`;
    await expect(store.get("old")).rejects.toMatchObject({ message });
  });

  it("takes a file in the place of a profile, or of all of them, for none", async () => {
    const root = temporaryDirectory();
    writeFileSync(join(root, "profiles"), "");
    expect([await profileStore(root).find("a"), await profileStore(root).names()]).toEqual([undefined, []]);
    await expect(profileStore(root).get("a")).rejects.toMatchObject({
      exit: 5,
      hint: [expect.stringMatching(/^Make one/)],
    });
  });

  it("lists profiles of managers, not the local one", async () => {
    const root = temporaryDirectory();
    const store = profileStore(root);
    await store.save(newProfile("b"));
    await store.save(newProfile("a"));
    await store.save(newProfile("local"));
    mkdirSync(join(root, "profiles", "empty"));
    expect(await store.names()).toEqual(["a", "b"]);
  });

  it("says which profiles there are when the one asked for is missing", async () => {
    const store = profileStore(temporaryDirectory());
    await store.save(newProfile("prod"));
    await expect(store.get("pord")).rejects.toMatchObject({ exit: 5, hint: ["Profiles: prod"] });
  });

  it.each(["../x", "a/b", "", ".."])("refuses the name %j, which would leave the directory", async (name) => {
    await expect(profileStore(temporaryDirectory()).save(newProfile(name))).rejects.toMatchObject({ exit: 2 });
  });

  it("names the file that cannot be read", async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, "profiles", "a"), { recursive: true });
    writeFileSync(join(root, "profiles", "a", "context.json"), "{");
    await expect(profileStore(root).get("a")).rejects.toMatchObject({
      code: "profile_unreadable",
      message: expect.stringContaining(join("profiles", "a", "context.json")),
    });
  });
});
