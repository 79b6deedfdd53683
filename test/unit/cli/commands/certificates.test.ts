import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parse, stringify } from "yaml";
import { planOf } from "../../../../src/cli/commands/certificates/plan.ts";
import { emptyConfig } from "../../../../src/cli/commands/certificates/template.ts";
import { cfy } from "../../../helpers/cfy.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { cfyHome } from "../../../helpers/profiles.ts";

afterEach(() => vi.unstubAllEnvs());

const ONE = { managers: ["10.0.0.1"], databases: ["10.0.0.1"], brokers: ["10.0.0.1"] };
const CLUSTER = { managers: ["10.0.0.1", "10.0.0.2"], databases: ["10.0.0.3"], brokers: ["10.0.0.4"] };

it("certificates generate-replace-config writes a file with every host of the cluster", async () => {
  const file = join(temporaryDirectory(), "replace.yaml");
  const manager = fakeManager()
    .list("/managers", [{ private_ip: "10.0.0.1" }, { private_ip: "10.0.0.2" }])
    .list("/brokers", [{ host: "10.0.0.4" }])
    .list("/db-nodes", [{ host: "10.0.0.3" }]);
  expect((await cfy(`certificates generate-replace-config -o ${file}`, { manager })).code).toBe(0);
  expect(parse(readFileSync(file, "utf8"))).toEqual(emptyConfig(CLUSTER));
});

describe("what is copied where", () => {
  const directory = temporaryFolderOf("cert.pem", "key.pem", "ca.pem");
  const at = (name: string) => join(directory(), name);

  it("leaves out hosts without anything new, and puts databases before managers", () => {
    const config = emptyConfig(CLUSTER);
    const fill = (kind: "manager" | "postgresql_server", member: number, files: Record<string, string>) =>
      Object.assign((config[kind].cluster_members as unknown as object[])[member] ?? {}, files);
    fill("manager", 1, { new_internal_cert: at("cert.pem"), new_internal_key: at("key.pem") });
    fill("postgresql_server", 0, { new_cert: at("cert.pem"), new_key: at("key.pem") });
    expect(planOf(config, "10.0.0.1").map(({ address, files }) => [address, [...files.keys()]])).toEqual([
      ["10.0.0.3", ["new_postgresql_server_cert", "new_postgresql_server_key"]],
      ["10.0.0.2", ["new_internal_cert", "new_internal_key"]],
    ]);
  });

  it("gives managers the authorities of databases and brokers", () => {
    const config = emptyConfig(CLUSTER);
    config.rabbitmq.new_ca_cert = at("ca.pem");
    const plans = planOf(config, "10.0.0.1");
    expect(plans.map(({ address, files }) => [address, [...files.keys()]])).toEqual([
      ["10.0.0.4", ["new_rabbitmq_ca_cert"]],
      ["10.0.0.1", ["new_rabbitmq_ca_cert"]],
      ["10.0.0.2", ["new_rabbitmq_ca_cert"]],
    ]);
  });

  it("refuses a certificate without its key, and a file that is not there", () => {
    const config = emptyConfig(ONE);
    config.manager.new_internal_cert = "missing.pem";
    expect(() => planOf(config, "10.0.0.1")).toThrow(
      expect.objectContaining({
        hint: ["There is no file missing.pem", "10.0.0.1: new_internal_cert needs new_internal_key too"],
      }),
    );
  });

  it("refuses a file in which nothing is filled in", () => {
    expect(() => planOf(emptyConfig(ONE), "10.0.0.1")).toThrow("nothing to replace");
  });
});

describe("certificates replace", () => {
  const folder = temporaryFolderOf("cert.pem", "key.pem");

  async function replaced(ssh: string) {
    const directory = folder();
    const config = emptyConfig(ONE);
    config.manager.new_internal_cert = join(directory, "cert.pem");
    config.manager.new_internal_key = join(directory, "key.pem");
    writeFileSync(join(directory, "replace.yaml"), stringify(config));
    writeFileSync(join(directory, "ssh"), ssh.replaceAll("LOG", join(directory, "log")));
    chmodSync(join(directory, "ssh"), 0o755);
    vi.stubEnv("PATH", `${directory}:${process.env.PATH}`);
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1", ssh_user: "centos", ssh_key: "k.pem" });
    const ran = await cfy(`certificates replace -i ${join(directory, "replace.yaml")}`, { env });
    return { ...ran, log: readFileSync(join(directory, "log"), "utf8") };
  }

  it("copies, lets the host check, and only then replaces", async () => {
    const { code, log } = await replaced('#!/bin/sh\nfor last; do :; done\necho "$last" >> LOG\ncat >> LOG\n');
    expect(code).toBe(0);
    expect(log.trim().split("\n")).toEqual([
      "rm -rf /tmp/new_cloudify_certs && mkdir -m 0700 /tmp/new_cloudify_certs",
      "umask 077 && cat > '/tmp/new_cloudify_certs/new_internal_cert.pem'",
      "content of cert.pem",
      "umask 077 && cat > '/tmp/new_cloudify_certs/new_internal_key.pem'",
      "content of key.pem",
      "cfy_manager certificates replace --only-validate",
      "cfy_manager certificates replace",
      "rm -rf /tmp/new_cloudify_certs",
    ]);
  });

  it("replaces nothing when the host finds fault", async () => {
    const script =
      '#!/bin/sh\nfor last; do :; done\necho "$last" >> LOG\ncase "$last" in *validate) echo expired >&2; exit 1;; esac\n';
    const { code, stderr, log } = await replaced(script);
    expect([code, log]).toEqual([1, expect.not.stringMatching(/replace$/m)]);
    expect(stderr).toContain("expired");
    expect(log.trim().split("\n").at(-1)).toBe("rm -rf /tmp/new_cloudify_certs");
  });

  it("warns where keys may have been left", async () => {
    const script =
      '#!/bin/sh\nfor last; do :; done\necho "$last" >> LOG\ncase "$last" in "rm -rf /tmp/new_cloudify_certs") exit 255;; esac\n';
    const { code, stderr } = await replaced(script);
    expect([code, stderr]).toEqual([0, expect.stringContaining("may hold private keys")]);
  });

  it("says that a host cannot be logged in to", async () => {
    const { code, stderr } = await replaced('#!/bin/sh\necho x >> LOG\necho "Permission denied" >&2\nexit 255\n');
    expect([code, stderr]).toEqual([69, expect.stringContaining("centos@10.0.0.1")]);
  });

  it("wants a profile that knows how to log in", async () => {
    const { env } = await cfyHome({ name: "c", manager_ip: "10.0.0.1" });
    expect((await cfy("certificates replace", { env })).code).toBe(2);
  });
});

/** Files, made anew for each test, with their names as content. */
function temporaryFolderOf(...names: string[]): () => string {
  return () => {
    const directory = temporaryDirectory();
    for (const name of names) writeFileSync(join(directory, name), `content of ${name}\n`);
    return directory;
  };
}
