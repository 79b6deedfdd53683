import { describe, expect, it } from "vitest";
import { explainConnection } from "../../../../src/cli/connection/explain.ts";
import { ConnectionError, type ConnectionFailure, ReadOnlyError, RestError } from "../../../../src/client/index.ts";

const refusal = (status: number, code: string, message = "no") =>
  new RestError({ status, code, message, method: "GET", url: "http://m/x" });
const failure = (kind: ConnectionFailure, code?: string, sent = false) =>
  new ConnectionError({ kind, code, sent, message: "no", address: "https://m" });

describe("a refusal", () => {
  it.each([
    [401, "unauthorized_error", 4, /profiles set/],
    [403, "forbidden_error", 4, /permission/],
    [404, "not_found_error", 5, /^$/],
    [404, "http_404", 1, /does not know the request/],
    [409, "conflict_error", 6, /^$/],
    [400, "existing_running_execution_error", 6, /executions list/],
    [400, "dependent_exists_error", 6, /^$/],
    [405, "blueprint_in_use", 6, /deployments list/],
    [400, "deployment_environment_creation_in_progress_error", 75, /again/],
    [503, "maintenance_mode_active", 75, /maintenance-mode/],
    [502, "http_502", 75, /gateway/],
    [301, "http_301", 1, /--ssl on/],
    [304, "not_modified", 1, /^$/],
    [400, "bad_parameters_error", 1, /^$/],
    [500, "internal_server_error", 1, /^$/],
  ])("%i %s exits %i and says what to do", (status, code, exit, hint) => {
    const explained = explainConnection(refusal(status, code));
    expect(explained).toMatchObject({ exit, code, status });
    expect(explained?.hint.join(" ")).toMatch(hint);
  });

  it.each([
    ["PUT deployments/d1", 404, "Requested `Blueprint` with ID `b9` was not found", "cfy blueprints list"],
    ["DELETE users/bob", 404, "Requested `User` with ID `bob` was not found", "cfy users list"],
    ["GET sites/s1", 404, "no such site", "cfy sites list"],
    ["PUT secrets/k1", 409, "exists already", "--update-if-exists replaces its value"],
    ["POST executions/e1", 409, "in state: `terminated`", "cfy executions get e1"],
    [
      "DELETE deployments/d1",
      409,
      "There are live nodes for this deployment",
      "cfy executions start uninstall -d d1 --force deletes it, and leaves alone what is installed",
    ],
    ["PUT sites/s1", 409, "exists already", ""],
    ["DELETE secrets/k1", 409, "in use", ""],
    ["DELETE blueprints/b1", 409, "in use", "cfy deployments list -b b1"],
    ["DELETE plugins/p1", 409, "in use", ""],
    ["POST tenants/t1", 409, "exists already", ""],
  ])("of %s with %i and %j hints at %j", (request, status, message, hint) => {
    const [method = "", path] = request.split(" ");
    const error = new RestError({ status, code: "any_error", message, method, url: `http://m/api/v3.1/${path}?a=b` });
    expect(explainConnection(error)?.hint.join(" ")).toBe(hint);
  });

  it("of a permission does not send to another tenant first", () => {
    const message = "User `eve` is not permitted to perform the action site_create in the tenant `default_tenant`";
    expect(explainConnection(refusal(403, "forbidden_error", message))?.hint[0]).toMatch(/permission/);
  });

  it.each([
    ["stauts", ["Did you mean status?"]],
    ["zzz", ["Fields: id, status, created_at"]],
  ])("of the sort key %s names the fields that are near, or all", (field, hint) => {
    const message = `Sort keys '['${field}']' do not exist. Allowed keys are: ['id', 'status', 'created_at']`;
    expect(explainConnection(refusal(400, "bad_parameters_error", message))).toMatchObject({
      message: `There is no field "${field}" to sort by`,
      hint,
      exit: 1,
    });
  });

  it("of a filter rule names the field and the reason", () => {
    const body = {
      message: "The filter rule {'key': 'foo', 'values': ['x']} is not in the right format: no such attribute",
      error_code: "invalid_filter_rule",
      err_filter_rule: { key: "foo", values: ["x"] },
      err_reason: "no such attribute",
    };
    const { message, error_code: code } = body;
    const error = new RestError({ status: 400, code, message, body, method: "POST", url: "http://m/x" });
    expect(explainConnection(error)?.message).toBe('The rule about "foo" does not do: no such attribute');
  });

  it("of a tenant tells how to choose another one", () => {
    const message = "Authorization failed: Tried to authenticate with invalid tenant name: nosuch";
    const explained = explainConnection(refusal(403, "forbidden_error", message));
    expect(explained).toMatchObject({ exit: 4, hint: expect.arrayContaining([expect.stringMatching(/tenants list/)]) });
  });

  it("of a tenant that does not exist is one of what does not exist", () => {
    const message = "Requested `Tenant` with ID `nosuch` was not found";
    const explained = explainConnection(refusal(404, "not_found_error", message));
    expect(explained).toMatchObject({ exit: 5, hint: ["cfy tenants list"] });
  });
});

it.each([
  ["CFY_READ_ONLY is set", /unset CFY_READ_ONLY$/],
  ["profile prod is read-only", /cfy profiles unset --read-only$/],
])("a request that must not be sent exits 4 and says how to let it through: %s", (because, hint) => {
  const explained = explainConnection(new ReadOnlyError({ method: "DELETE", path: "/api/v3.1/sites/a?x=1" }, because));
  expect(explained).toMatchObject({
    code: "read_only",
    exit: 4,
    message: `DELETE /api/v3.1/sites/a was not sent: ${because}`,
  });
  expect(explained?.hint.join(" ")).toMatch(hint);
});

describe("a connection that fails", () => {
  it.each([
    ["refused", "ECONNREFUSED", /listens/],
    ["dns", "ENOTFOUND", /name/],
    ["timeout", "ETIMEDOUT", /firewall/],
    ["proxy", undefined, /NO_PROXY/],
    ["protocol", "HPE_INVALID_CONSTANT", /--ssl on/],
    ["tls", "DEPTH_ZERO_SELF_SIGNED_CERT", /--rest-certificate/],
    ["tls", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", /--rest-certificate/],
    ["tls", "ERR_TLS_CERT_ALTNAME_INVALID", /other names/],
    ["tls", "HOSTNAME_MISMATCH", /other names/],
    ["tls", "CERT_HAS_EXPIRED", /out of date/],
    ["tls", "ERR_SSL_WRONG_VERSION_NUMBER", /--ssl off/],
  ] as const)("because of %s %s exits 69 and says what to do", (kind, code, hint) => {
    const explained = explainConnection(failure(kind, code));
    expect(explained).toMatchObject({ exit: 69, code: `connection_${kind}` });
    expect(explained?.hint.join(" ")).toMatch(hint);
  });

  it.each([
    ["reset", "http://m", true],
    ["reset", "https://m", false],
    ["timeout", "http://m", false],
  ] as const)("because of %s at %s: asks for TLS there: %j", (kind, address, asks) => {
    const error = new ConnectionError({ kind, address, sent: false, message: "no" });
    expect(explainConnection(error)?.hint.some((line) => line.includes("--ssl on"))).toBe(asks);
  });

  it("can be looked into step by step", () => {
    expect(explainConnection(failure("refused"))?.hint.at(-1)).toMatch(/cfy doctor$/);
  });

  it("warns that the request may have been done, when it had gone out", () => {
    expect(explainConnection(failure("reset", "ECONNRESET", true))?.hint.join(" ")).toMatch(/may have been done/);
    expect(explainConnection(failure("refused", "ECONNREFUSED"))?.hint.join(" ")).not.toMatch(/may have been done/);
  });
});
