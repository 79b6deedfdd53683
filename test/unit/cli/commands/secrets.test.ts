import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cfy } from "../../../helpers/cfy.ts";
import { fakeManager } from "../../../helpers/fake-manager.ts";
import { page } from "../../../helpers/resources.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cfy-secrets-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const created = { update_if_exists: false, is_hidden_value: false, visibility: "tenant" };

describe("secrets create", () => {
  it.each([
    ["-s v1", { value: "v1", ...created }],
    [
      "-s v1 -u --hidden-value -l global",
      { value: "v1", update_if_exists: true, is_hidden_value: true, visibility: "global" },
    ],
    ["-s [1,2] --list", { value: [1, 2], ...created, schema: { type: "array" } }],
    [`-s '{"a": 1}' --dict`, { value: { a: 1 }, ...created, schema: { type: "object" } }],
    ["-s v1 -o {}", { value: "v1", ...created }],
    ["-p vault -o path=x", { ...created, provider_name: "vault", provider_options: { path: "x" } }],
  ])("%s", async (options, body) => {
    const manager = fakeManager().on("PUT /secrets/k1", { body });
    expect(await cfy(`secrets create k1 ${options}`, { manager })).toMatchObject({ code: 0 });
  });

  it("takes the value from standard input, to the last byte", async () => {
    const manager = fakeManager().on("PUT /secrets/k1", { body: { value: "line 1\nline 2\n", ...created } });
    expect((await cfy("secrets create k1 -f -", { manager, stdin: "line 1\nline 2\n" })).code).toBe(0);
  });

  it("asks for the value on a terminal, and where there is none names the options", async () => {
    const manager = fakeManager().on("PUT /secrets/k1", { body: { value: "typed", ...created } });
    expect((await cfy("secrets create k1", { manager, stdin: "typed", tty: 80 })).code).toBe(0);
    expect(await cfy("secrets create k1")).toMatchObject({ code: 2, stderr: expect.stringContaining("-f FILE") });
  });

  it("does not repeat a value that is not the JSON it should be", async () => {
    const ran = await cfy("secrets create k1 --dict -s hunter2");
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toContain("hunter2");
  });

  it("says which file cannot be read", async () => {
    const ran = await cfy(["secrets", "create", "k1", "-f", join(folder, "none")]);
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining("does not exist") });
  });
});

it("secrets list by provider is a search, since several may begin with the same", async () => {
  const rule = { key: "provider_name", values: ["va", "x"], operator: "starts_with", type: "attribute" };
  const manager = fakeManager().on("POST /searches/secrets", {
    query: { _sort: "key", _search: "db" },
    body: { filter_rules: [rule] },
    answer: page([{ key: "db_1" }]),
  });
  const ran = await cfy("secrets list -p va -p x --search db --columns key --format csv", { manager });
  expect(ran.stdout).toBe("key\ndb_1\n");
});

describe("secrets update", () => {
  it("sends a value in the form of the secret's schema", async () => {
    const manager = fakeManager()
      .on("GET /secrets/k1", { answer: { key: "k1", schema: { type: "array" } } })
      .on("PATCH /secrets/k1", { body: { value: [3], provider_options: {} } });
    expect((await cfy("secrets update k1 -s [3]", { manager })).code).toBe(0);
  });

  it.each([
    ["--hidden-value", { is_hidden_value: true }],
    ["--not-hidden-value", { is_hidden_value: false }],
    ["-l private", { visibility: "private" }],
  ])("with %s leaves the value alone", async (options, change) => {
    const manager = fakeManager()
      .on("GET /secrets/k1", { answer: { key: "k1", schema: null } })
      .on("PATCH /secrets/k1", { body: { provider_options: {}, ...change } });
    expect((await cfy(`secrets update k1 ${options}`, { manager })).code).toBe(0);
  });

  it("with a provider asks first whether there is one", async () => {
    const manager = fakeManager()
      .on("GET /secrets-providers/vault", { answer: { name: "vault" } })
      .on("GET /secrets/k1", { answer: { key: "k1", schema: null } })
      .on("PATCH /secrets/k1", { body: { provider_name: "vault", provider_options: {} } });
    expect((await cfy("secrets update k1 -p vault", { manager })).code).toBe(0);
  });

  it("without anything to change is a mistake", async () => {
    expect((await cfy("secrets update k1")).code).toBe(2);
  });
});

describe("secrets get", () => {
  it("shows the value, and stars where it is hidden from the caller", async () => {
    const told = fakeManager().on("GET /secrets/k1", { answer: { key: "k1", value: "v1", is_hidden_value: false } });
    const ran = await cfy("secrets get k1 --json", { manager: told });
    expect(JSON.parse(ran.stdout)).toMatchObject({ value: "v1" });
    const hidden = fakeManager().on("GET /secrets/k2", { answer: { key: "k2", value: "", is_hidden_value: true } });
    expect((await cfy("secrets get k2", { manager: hidden })).stdout).toContain("*****");
  });
});

describe("secrets export and import", () => {
  const secrets = [{ key: "k1", value: "v1", visibility: "tenant", tenant_name: "default_tenant", encrypted: false }];

  it("write a file that only its owner can read, and send it back", async () => {
    const file = join(folder, "deep", "secrets.json");
    const from = fakeManager().on("GET /secrets/share/export", { query: { _all_tenants: "False" }, answer: secrets });
    const exported = await cfy(["secrets", "export", "--non-encrypted", "-o", file], { manager: from });
    expect(exported.code).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(secrets);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const to = fakeManager().on("POST /secrets/share/import", {
      body: { secrets_list: secrets, override_collisions: false },
      answer: { colliding_secrets: {}, secrets_errors: {} },
    });
    expect((await cfy(["secrets", "import", "--non-encrypted", "-i", file], { manager: to })).code).toBe(0);
  });

  it("take the passphrase from standard input, without the end of its line", async () => {
    const query = { _passphrase: "from standard input" };
    const manager = fakeManager().on("GET /secrets/share/export", { query, answer: [] });
    const line = ["secrets", "export", "-p", "-", "-o", join(folder, "encrypted.json")];
    expect((await cfy(line, { manager, stdin: "from standard input\n" })).code).toBe(0);
  });

  it.each([
    ["secrets export", "Give --passphrase"],
    ["secrets export -p short", "8 characters"],
    ["secrets export -p longenough --non-encrypted", "--non-encrypted"],
  ])("%s is refused before anything is sent", async (line, said) => {
    expect(await cfy(line)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
  });

  it.each([
    [{ colliding_secrets: { t1: ["k1"] }, secrets_errors: {} }, "", 6, "--override-collisions"],
    [{ colliding_secrets: { t1: ["k1"] }, secrets_errors: {} }, "--override-collisions", 0, ""],
    [{ colliding_secrets: {}, secrets_errors: { 0: { key: "bad" } } }, "", 1, "number 1"],
  ])("what the server says of an import decides its exit code: %j %s", async (answer, options, code, said) => {
    const file = join(folder, "in.json");
    writeFileSync(file, JSON.stringify(secrets));
    const manager = fakeManager().on("POST /secrets/share/import", { answer });
    const ran = await cfy(`secrets import -p longenough -i ${file} ${options}`, { manager });
    expect(ran).toMatchObject({ code, stderr: expect.stringContaining(said) });
  });
});

describe("secrets providers", () => {
  const vault = { name: "vault", type: "vault", connection_parameters: { host: "h" } };

  it("are tried once they are made, unless one says not to", async () => {
    const manager = fakeManager()
      .on("PUT /secrets-providers", { body: { ...vault, visibility: "tenant" } })
      .on("PUT /secrets-providers", { body: { name: "vault", type: "", test: true }, status: 204 });
    expect((await cfy("secrets providers create vault -y vault -c host=h", { manager })).code).toBe(0);
    const untried = fakeManager().on("PUT /secrets-providers", { body: { ...vault, visibility: "tenant" } });
    expect((await cfy("secrets providers create vault -y vault -c host=h -s", { manager: untried })).code).toBe(0);
  });

  it.each([
    ["test vault", "PUT /secrets-providers", { name: "vault", type: "", test: true }],
    [
      "update vault -y v2",
      "PATCH /secrets-providers/vault",
      { name: "vault", type: "v2", connection_parameters: {}, visibility: "tenant" },
    ],
    ["delete vault", "DELETE /secrets-providers/vault", ""],
  ])("%s", async (line, route, body) => {
    const manager = fakeManager().on(route, { body });
    expect((await cfy(`secrets providers ${line}`, { manager })).code).toBe(0);
  });
});
