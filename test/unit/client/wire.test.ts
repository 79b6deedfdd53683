import { describe, expect, it } from "vitest";
import { type Authentication, createClient, RestError } from "../../../src/client/index.ts";
import { loopback } from "../../helpers/loopback.ts";

const admin: Authentication = { kind: "basic", username: "admin", password: "admin" };
const page = (items: unknown[]) => ({
  items,
  metadata: { pagination: { total: items.length, size: 1000, offset: 0 } },
});

describe("a request", () => {
  it("carries credentials, tenant and content type, whatever its method", async () => {
    const { endpoint, seen } = await loopback(() => ({ json: {} }));
    const client = createClient({ endpoint, authentication: admin, tenant: "t2" });
    await client.executions.get("e1");
    expect(seen[0]).toMatchObject({
      method: "GET",
      path: "/api/v3.1/executions/e1",
      headers: {
        accept: "*/*",
        tenant: "t2",
        authorization: "Basic YWRtaW46YWRtaW4=",
        "content-type": "application/json",
      },
    });
  });

  it("without a body says so, unless it reads", async () => {
    const { endpoint, seen } = await loopback(() => ({ status: 204 }));
    const client = createClient({ endpoint, authentication: admin });
    await client.deployments.delete("d1");
    expect(seen[0]?.headers["content-length"]).toBe("0");
    expect(seen[0]?.query).toEqual([
      ["force", "False"],
      ["delete_logs", "False"],
      ["recursive", "False"],
    ]);
  });

  it("to start a workflow spells booleans as texts and sends every field", async () => {
    const { endpoint, seen } = await loopback(() => ({ status: 201, json: { id: "e1" } }));
    await createClient({ endpoint, authentication: admin }).executions.start({
      deployment_id: "d1",
      workflow_id: "install",
      force: true,
    });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      deployment_id: "d1",
      workflow_id: "install",
      parameters: {},
      allow_custom_parameters: "false",
      force: "true",
      dry_run: "false",
      queue: "false",
      scheduled_time: null,
      wait_after_fail: 600,
      force_status: null,
      created_by: null,
      created_at: null,
      started_at: null,
      ended_at: null,
      id: null,
      is_system_workflow: null,
      error: null,
    });
  });

  it("joins fields to include with commas and repeats every other list", async () => {
    const { endpoint, seen } = await loopback(() => ({ json: page([]) }));
    const client = createClient({ endpoint, authentication: admin });
    await client.events.page({
      _include: ["id", "message"],
      type: ["cloudify_event", "cloudify_log"],
      level: undefined,
      message: null,
    });
    expect(seen[0]?.query).toEqual([
      ["_include", "id,message"],
      ["type", "cloudify_event"],
      ["type", "cloudify_log"],
    ]);
  });
});

it("a request that was called off before it went out is not sent", async () => {
  const { endpoint, seen } = await loopback(() => ({ json: {} }));
  const stopped = new Error("stopped");
  const client = createClient({ endpoint, authentication: admin });
  await client.executions.get("e1");
  await expect(client.rest.post("x", { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);
  expect(seen).toHaveLength(1);
});

describe("a list", () => {
  it("asks page after page until one is not full", async () => {
    const all = ["a", "b", "c", "d", "e"];
    const { endpoint, seen } = await loopback(({ query }) => {
      const { _offset, _size } = Object.fromEntries(query);
      return { json: page(all.slice(Number(_offset), Number(_offset) + Number(_size))) };
    });
    const got: unknown[] = [];
    for await (const item of createClient({ endpoint, authentication: admin }).deployments.list({ _size: 2 }))
      got.push(item);
    expect(got).toEqual(all);
    expect(seen).toHaveLength(3);
  });
});

describe("an answer of another program", () => {
  it.each([
    ["an object", { json: { hello: "world" } }, 'no list: {"hello":"world"}'],
    ["nothing", { status: 204 }, "no list: nothing"],
  ])("that is %s instead of a list is an error that repeats it", async (_what, answer, told) => {
    const { endpoint } = await loopback(() => answer);
    const asked = createClient({ endpoint, authentication: admin }).deployments.page();
    await expect(asked).rejects.toMatchObject({ kind: "protocol", message: expect.stringContaining(told) });
  });
});

describe("a refusal", () => {
  it("carries status, code and the server's own words", async () => {
    const body = {
      error_code: "not_found_error",
      message: "Requested `Execution` with ID `x` was not found",
      server_traceback: null,
    };
    const { endpoint } = await loopback(() => ({ status: 404, json: body, headers: { "X-Request-Id": "r-7" } }));
    const error = await createClient({ endpoint, authentication: admin })
      .executions.get("x")
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(RestError);
    expect(error).toMatchObject({
      status: 404,
      code: "not_found_error",
      message: body.message,
      body,
      requestId: "r-7",
    });
  });

  it("without an envelope is told from what came", async () => {
    const { endpoint } = await loopback(() => ({ status: 404, text: "<html><h1>Not Found</h1></html>" }));
    const error = await createClient({ endpoint, authentication: admin })
      .executions.get("x")
      .catch((reason) => reason);
    expect(error).toMatchObject({ status: 404, code: "http_404", message: expect.stringContaining("Not Found") });
  });

  it("without an envelope is not told at length", async () => {
    const { endpoint } = await loopback(() => ({ status: 404, text: `<p>${"very ".repeat(1000)}long</p>` }));
    const asked = createClient({ endpoint, authentication: admin }).executions.get("x");
    await expect(asked).rejects.toThrow(/^.{200,300}…$/);
  });

  it("of the audit service names the parameter", async () => {
    const { endpoint } = await loopback(() => ({
      status: 422,
      json: { detail: [{ loc: ["query", "before"], msg: "invalid datetime" }] },
    }));
    const error = await createClient({ endpoint, authentication: admin })
      .rest.delete("audit")
      .catch((reason) => reason);
    expect(error).toMatchObject({ status: 422, message: "query.before: invalid datetime" });
  });
});

describe("a request that may wait", () => {
  it("says how long, and learns whether the server did", async () => {
    const answers = [{ "Preference-Applied": "wait" }, {}] as Record<string, string>[];
    const { endpoint, seen } = await loopback(() => ({ json: page([]), headers: answers.shift() }));
    const client = createClient({ endpoint, authentication: admin });
    expect(await client.events.poll({ execution_id: "e1" }, { wait: 25 })).toMatchObject({ waited: true });
    expect(await client.executions.poll("e1", {}, {})).toMatchObject({ waited: false });
    expect(seen.map(({ headers }) => headers.prefer)).toEqual(["wait=25", undefined]);
  });
});

describe("the audit log", () => {
  it("streams records as they are made", async () => {
    const { endpoint, seen } = await loopback((_seen, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write('{"id": 1}\n\n{"id"');
      response.end(": 2}\n\n");
      return undefined;
    });
    const ids: number[] = [];
    for await (const { id } of createClient({ endpoint, authentication: admin }).audit.stream()) ids.push(id);
    expect(ids).toEqual([1, 2]);
    expect(seen[0]?.headers["content-type"]).toBe("text/event-stream");
  });
});
