import { describe, expect, it } from "vitest";
import { eventRoutes } from "../../../../src/server/routes/events.ts";
import type { Identity } from "../../../../src/services/identity/identity.ts";
import { addDeployment, addExecution } from "../../../helpers/database.ts";
import { ADMIN, aServerOf } from "../../../helpers/server.ts";

async function aServer(who?: Identity) {
  const server = await aServerOf(eventRoutes, who);
  await addDeployment(server.database, "web");
  await addExecution(server.database, { id: "E1", deployment_id: "web", blueprint_id: "web", status: "started" });
  return server;
}

type Server = Awaited<ReturnType<typeof aServer>>;

const get = async ({ app }: Server, query: string, headers = {}) =>
  app.inject({ url: `/api/v3.1/events?${query}`, headers });

const post = ({ app }: Server, body: object) =>
  app.inject({
    method: "POST",
    url: "/api/v3.1/events",
    headers: { "content-type": "application/json" },
    payload: body,
  });

const event = (text: string, more = {}) => ({ event_type: "workflow_stage", message: { text }, context: {}, ...more });
const log = (text: string, more = {}) => ({ logger: "ctx", level: "info", message: { text }, context: {}, ...more });

const messages = async (server: Server, query: string) =>
  (await get(server, query)).json().items.map(({ message }: { message: string }) => message);

describe("stored events", () => {
  it("are shown with what their execution says of them", async () => {
    const server = await aServer();
    const told = await post(server, {
      execution_id: "E1",
      events: [
        event("hello", { timestamp: "2026-01-02T03:04:05.678Z", context: { node_id: "vm_1", task_error_causes: [] } }),
      ],
      manager_name: "here",
    });
    expect(told.statusCode).toBe(201);
    expect(told.payload).toBe("null");
    const { items, metadata } = (await get(server, "execution_id=E1")).json();
    expect(metadata).toEqual({ pagination: { total: 1, size: 10_000, offset: 0 } });
    expect(items).toEqual([
      {
        _storage_id: 1,
        type: "cloudify_event",
        timestamp: "2026-01-02T03:04:05.678Z",
        reported_timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
        message: "hello",
        event_type: "workflow_stage",
        error_causes: [],
        operation: null,
        blueprint_id: "web",
        deployment_id: "web",
        deployment_display_name: "the web",
        execution_id: "E1",
        execution_group_id: null,
        workflow_id: "install",
        // An instance that does not exist any more is not named.
        node_instance_id: null,
        node_name: null,
        source_id: null,
        target_id: null,
        manager_name: "here",
        agent_name: null,
      },
    ]);
  });

  it("have a logger and a level instead of a type when they are log lines", async () => {
    const server = await aServer();
    await post(server, { execution_id: "E1", logs: [log("line", { context: { operation: "create" } })] });
    const [item] = (await get(server, "execution_id=E1")).json().items;
    expect(item).toMatchObject({ type: "cloudify_log", logger: "ctx", level: "info", operation: "create" });
    expect(item).not.toHaveProperty("event_type");
  });

  it("show NUL characters as words", async () => {
    const server = await aServer();
    await post(server, { execution_id: "E1", events: [event("a\0b")] });
    expect(await messages(server, "execution_id=E1")).toEqual(["a<NUL>b"]);
  });

  it("never go back in the time of their report", async () => {
    const server = await aServer();
    const later = "2999-01-01T00:00:00.000Z";
    await post(server, { execution_id: "E1", events: [event("first", { reported_timestamp: later })] });
    await post(server, { execution_id: "E1", events: [event("second")] });
    expect(await messages(server, "execution_id=E1&_sort=reported_timestamp")).toEqual(["first", "second"]);
  });
});

describe("a list of events", () => {
  async function several() {
    const server = await aServer();
    await addExecution(server.database, { id: "E2", status: "terminated" });
    const at = (second: number) => ({ timestamp: `2026-01-01T00:00:0${second}.000Z` });
    await post(server, { execution_id: "E1", events: [event("one", at(1)), event("two", at(2))] });
    await post(server, { execution_id: "E2", logs: [log("three", { ...at(3), level: "error" })] });
    return server;
  }

  it.each([
    ["", ["one", "two", "three"]],
    ["execution_id=E1", ["one", "two"]],
    ["type=cloudify_log", ["three"]],
    ["type=cloudify_log&type=cloudify_event", ["one", "two", "three"]],
    ["level=error", ["three"]],
    ["event_type=workflow_stage", ["one", "two"]],
    ["deployment_id=web", ["one", "two"]],
    ["message=T%25", ["two", "three"]],
    ["message.text=%25o%25", ["one", "two"]],
    ["_sort=-timestamp", ["three", "two", "one"]],
    ["_sort=%40timestamp", ["one", "two", "three"]],
    ["_range=%40timestamp,2026-01-01T00:00:02.000Z,", ["two", "three"]],
    ["_range=timestamp,,2026-01-01T00:00:02.000Z", ["one"]],
    ["_size=1&_offset=1", ["two"]],
  ])("asked for %j shows %j", async (query, expected) => {
    expect(await messages(await several(), query)).toEqual(expected);
  });

  it.each([
    ["50%25 of C:%5C%5C%25", ["50% of C:\\", "50 of C:\\temp"]],
    ["50%5C%25 of%25", ["50% of C:\\"]],
    ["%25C:%5C", ["50% of C:\\"]],
  ])("takes what a backslash in %j stands before as itself", async (pattern, expected) => {
    const server = await aServer();
    await post(server, { execution_id: "E1", events: [event("50% of C:\\"), event("50 of C:\\temp")] });
    expect(await messages(server, `message=${pattern}`)).toEqual(expected);
  });

  it("shows only the fields that are asked for and exist", async () => {
    const { items } = (await get(await several(), "_include=message,nosuch&_size=1")).json();
    expect(items).toEqual([{ message: "one" }]);
  });

  it.each(["nosuch=1", "_sort=nosuch", "_range=nosuch,,", "_range=message,a,b", "_size=-1"])(
    "refuses %j",
    async (query) => {
      const answer = await get(await several(), query);
      expect([answer.statusCode, answer.json().error_code]).toEqual([400, "bad_parameters_error"]);
    },
  );
});

describe("a list that waits for news", () => {
  const wait = { prefer: "wait=30" };

  /** Asks, and resolves when the server waits for news; `answer` comes later. */
  async function held(server: Server) {
    const { changes } = server.database;
    const subscribe = changes.subscribe.bind(changes);
    let answer: ReturnType<typeof get> | undefined;
    await new Promise<void>((resolve) => {
      changes.subscribe = (topics, listener) => {
        resolve();
        return subscribe(topics, listener);
      };
      answer = get(server, "execution_id=E1", wait);
    });
    return { answer };
  }

  it("is held until an event is stored", async () => {
    const server = await aServer();
    const { answer } = await held(server);
    await post(server, { execution_id: "E1", events: [event("at last")] });
    expect((await answer)?.headers["preference-applied"]).toBe("wait");
    expect((await answer)?.json().items).toHaveLength(1);
  });

  it("is answered at once when there is something to show", async () => {
    const server = await aServer();
    await post(server, { execution_id: "E1", events: [event("there")] });
    expect((await get(server, "execution_id=E1", wait)).json().items).toHaveLength(1);
  });

  it("is answered at once when the execution has ended", async () => {
    const server = await aServer();
    await server.database.unitOfWork((tx) => tx.executions.update("E1", { status: "terminated" }));
    expect((await get(server, "execution_id=E1", wait)).json().items).toEqual([]);
  });

  it("is answered when the execution's status changes", async () => {
    const server = await aServer();
    const { answer } = await held(server);
    await server.database.unitOfWork(async (tx) => {
      await tx.executions.update("E1", { status: "cancelling" });
      tx.publish("execution:E1");
    });
    expect((await answer)?.json().items).toEqual([]);
  });

  it("is answered when its time is up", async () => {
    expect((await get(await aServer(), "execution_id=E1", { prefer: "wait=0" })).json().items).toEqual([]);
  });
});

describe("events that are refused", () => {
  it.each([
    ["of an unknown execution", { execution_id: "E9", events: [event("x")] }, 404],
    ["of nobody", { events: [event("x")] }, 409],
    ["of two", { execution_id: "E1", execution_group_id: "G1", events: [event("x")] }, 400],
    ["that are no list", { execution_id: "E1", events: "x" }, 400],
    ["with a time that is none", { execution_id: "E1", events: [event("x", { timestamp: "soon" })] }, 400],
  ])("%s store nothing", async (_, body, status) => {
    const server = await aServer();
    expect((await post(server, body)).statusCode).toBe(status);
    expect(await messages(server, "")).toEqual([]);
  });

  it("are not missed when there are none", async () => {
    expect((await post(await aServer(), { execution_id: "E1" })).statusCode).toBe(204);
  });

  it("need a permission, unless an execution tells of itself", async () => {
    const viewer = { ...ADMIN, role: "default", permissions: new Set() } as Identity;
    const body = { execution_id: "E1", events: [event("x")] };
    expect((await post(await aServer(viewer), body)).statusCode).toBe(403);
    expect((await post(await aServer({ ...viewer, executionId: "E1" }), body)).statusCode).toBe(201);
  });
});

describe("deleting events", () => {
  const remove = ({ app }: Server, query: string) => app.inject({ method: "DELETE", url: `/api/v3.1/events?${query}` });

  it("takes those of a deployment, and logs when they are named too", async () => {
    const server = await aServer();
    await post(server, { execution_id: "E1", events: [event("e")], logs: [log("l")] });
    const first = await remove(server, "deployment_id=web&type=cloudify_event&store_before=TRUE");
    expect(first.json()).toEqual({ items: [1], metadata: { pagination: { total: 1 } } });
    expect(await messages(server, "")).toEqual(["l"]);
    await remove(server, "deployment_id=web&type=cloudify_event&type=cloudify_log");
    expect(await messages(server, "")).toEqual([]);
  });

  it.each([
    ["deployment_id=web&type=cloudify_log", 400],
    ["type=cloudify_event", 400],
    ["deployment_id=nosuch&type=cloudify_event", 404],
  ])("%j gets %i", async (query, status) => {
    expect((await remove(await aServer(), query)).statusCode).toBe(status);
  });
});
