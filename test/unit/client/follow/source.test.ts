import { describe, expect, it } from "vitest";
import { executionSource, executionStatusSource } from "../../../../src/client/follow/source.ts";
import { ConnectionError, createClient, RestError } from "../../../../src/client/index.ts";
import { type Answer, loopback } from "../../../helpers/loopback.ts";
import { anExecution, page } from "../../../helpers/resources.ts";

const { signal } = new AbortController();

async function manager(answer: (prefer: string | undefined) => Answer) {
  const { endpoint, seen } = await loopback(({ headers }) => answer(headers.prefer as string | undefined));
  const client = createClient({ endpoint, authentication: { kind: "none" } });
  return {
    client,
    prefers: () => seen.map(({ headers }) => headers.prefer),
    queries: () => seen.map(({ query }) => query),
  };
}

describe("a wait without events", () => {
  it("lets the server hold the request, and takes that answer for the next look", async () => {
    let held = 0;
    const { client, prefers } = await manager((prefer) => ({
      json: anExecution({ finished_operations: prefer ? ++held : 0 }),
      ...(prefer && { headers: { "Preference-Applied": "wait" } }),
    }));
    const source = executionStatusSource(client, "E1");
    expect(await source.subject(signal)).toMatchObject({ finished_operations: 0 });
    expect(await source.events({ offset: 0, size: 100, waitSeconds: 25 }, signal)).toMatchObject({ waited: true });
    expect(await source.subject(signal)).toMatchObject({ finished_operations: 1 });
    expect(await source.subject(signal)).toMatchObject({ finished_operations: 0 });
    expect(prefers()).toEqual([undefined, "wait=25", undefined]);
  });

  it("asks a server that holds no requests only for how it stands", async () => {
    const { client, prefers } = await manager(() => ({ json: anExecution() }));
    const source = executionStatusSource(client, "E1");
    for (let round = 0; round < 2; round++) {
      await source.subject(signal);
      expect(await source.events({ offset: 0, size: 100, waitSeconds: 25 }, signal)).toMatchObject({ waited: false });
    }
    expect(prefers()).toEqual([undefined, "wait=25", undefined]);
  });

  it("does not ask twice when there is no time left to wait", async () => {
    const { client, prefers } = await manager(() => ({ json: anExecution() }));
    const source = executionStatusSource(client, "E1");
    await source.subject(signal);
    await source.events({ offset: 0, size: 100 }, signal);
    expect(prefers()).toEqual([undefined]);
  });
});

describe("what is followed", () => {
  it.each([
    [true, ["cloudify_event", "cloudify_log"]],
    [false, ["cloudify_event"]],
  ])("is asked for its logs: %j", async (logs, types) => {
    const { client, queries } = await manager(() => ({ json: page([]) }));
    await executionSource(client, "E1", { logs }).events({ offset: 7, size: 100 }, signal);
    const query = queries()[0] ?? [];
    expect(query.filter(([name]) => name === "type").map(([, value]) => value)).toEqual(types);
    expect(Object.fromEntries(query)).toMatchObject({ execution_id: "E1", _offset: "7", _sort: "reported_timestamp" });
  });

  it("is gone when the server does not know it, and only then", async () => {
    const answers: Answer[] = [
      { status: 404, json: { message: "no", error_code: "not_found_error" } },
      { status: 404, text: "no such page" },
    ];
    const { client } = await manager(() => answers.shift() ?? {});
    const source = executionSource(client, "E1", { logs: true });
    expect(await source.subject(signal)).toBeUndefined();
    await expect(source.subject(signal)).rejects.toMatchObject({ code: "http_404" });
  });

  const refusal = (status: number) =>
    new RestError({ status, code: "any", message: "m", method: "GET", url: "http://m/x" });
  const failure = (kind: ConnectionError["kind"]) =>
    new ConnectionError({ kind, message: "m", sent: true, address: "http://m" });
  it.each([
    ["a refusal with 500", refusal(500), true],
    ["a refusal with 503", refusal(503), true],
    ["a refusal with 429", refusal(429), true],
    ["a refusal with 408", refusal(408), true],
    ["a refusal with 401", refusal(401), false],
    ["a refusal with 404", refusal(404), false],
    ["a connection that is refused", failure("refused"), true],
    ["a connection that breaks", failure("reset"), true],
    ["a name that nobody knows", failure("dns"), false],
    ["a certificate that is not trusted", failure("tls"), false],
    ["any other error", new Error("bug"), false],
  ])("is worth another try after %s: %3$j", async (_what, error, worth) => {
    const { client } = await manager(() => ({}));
    expect(executionSource(client, "E1", { logs: true }).isTransient(error)).toBe(worth);
  });
});
