import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../../src/lib/clock.ts";
import { buildServer } from "../../../../src/server/app.ts";
import type { Routes, ServerContext } from "../../../../src/server/context.ts";
import { logTo } from "../../../../src/server/log.ts";
import { Refusal } from "../../../../src/services/refusal.ts";
import { openVault } from "../../../../src/services/secrets/vault.ts";
import { aDatabase } from "../../../helpers/database.ts";

async function aServer(routes: Routes) {
  const lines: string[] = [];
  const context: ServerContext = {
    database: await aDatabase(),
    clock: systemClock,
    log: logTo(systemClock, (line) => lines.push(line)),
    files: "/dev/null",
    vault: openVault("/dev/null/secrets.key"),
    isLocal: () => true,
    closing: new AbortController().signal,
  };
  const app = buildServer(context, { api: [routes] });
  onTestFinished(() => app.close());
  return { app, lines };
}

const echo: Routes = (app) => {
  app.get("/things/:id", () => ({ text: "x".repeat(3000) }));
  app.post("/things", (request) => ({ got: request.body ?? null }));
  app.put("/archives", { config: { streamsBody: true } }, async (request) => {
    let size = 0;
    for await (const chunk of request.body as AsyncIterable<Buffer>) size += chunk.length;
    return { size };
  });
  app.delete("/things/refused", () => {
    throw new Refusal("blueprint_in_use", "still in use", { by: ["web"] });
  });
  app.delete("/things/broken", () => {
    throw new Error("secret path /etc/x");
  });
  app.delete("/things/full/:code", ({ params }) => {
    throw Object.assign(new Error("cannot write /etc/x"), params);
  });
};

describe("a body", () => {
  const json = { "content-type": "application/json" };

  it("is not read where nobody answers", async () => {
    const { app } = await aServer(echo);
    const answer = await app.inject({ method: "POST", url: "/api/v3.1/nosuch", headers: json, payload: "no JSON" });
    expect(answer.statusCode).toBe(404);
  });

  it("may be nested, but not without end", async () => {
    const { app } = await aServer(echo);
    const post = (payload: string) => app.inject({ method: "POST", url: "/api/v3.1/things", headers: json, payload });
    const brackets = (count: number) => `${"[".repeat(count)}"${'\\"[{'.repeat(600)}"${"]".repeat(count)}`;
    expect((await post(brackets(500))).statusCode).toBe(200);
    expect((await post(brackets(501))).json()).toMatchObject({
      error_code: "bad_parameters_error",
      message: "The request body is nested more than 500 levels deep",
    });
    expect((await post("[],".repeat(1000).replace(/^/, "[").replace(/,$/, "]"))).statusCode).toBe(200);
  });
});

describe("a path that cannot be read", () => {
  it.each([
    ["/api/v3.1/things/%ff", 400, "bad_parameters_error"],
    [`/api/v3.1/things/${"x".repeat(2000)}`, 414, "uri_too_long"],
  ])("is refused in the API's form", async (url, status, error_code) => {
    const { app } = await aServer(echo);
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.json().error_code]).toEqual([status, error_code]);
  });
});

describe("every answer", () => {
  it("carries a request id", async () => {
    const { app } = await aServer(echo);
    const { headers } = await app.inject("/api/v3.1/things/1");
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is JSON without naming a charset", async () => {
    const { app } = await aServer(echo);
    expect((await app.inject("/api/v3.1/things/1")).headers["content-type"]).toBe("application/json");
    expect((await app.inject("/api/v3.1/nosuch")).headers["content-type"]).toBe("application/json");
  });

  it("is gzipped when it is long and the caller takes gzip", async () => {
    const { app } = await aServer(echo);
    const plain = await app.inject("/api/v3.1/things/1");
    const zipped = await app.inject({ url: "/api/v3.1/things/1", headers: { "accept-encoding": "gzip, deflate" } });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(plain.payload);
  });

  it.each(["/api/v1/things/1", "/api/v2/things/1", "/api/v2.1/things/1", "/api/v3/things/1"])(
    "is the newest version's on %s",
    async (url) => {
      const { app } = await aServer(echo);
      expect((await app.inject(url)).statusCode).toBe(200);
    },
  );
});

describe("a refused request", () => {
  it.each([
    ["GET", "/api/v3.1/nosuch", 404, "not_found_error"],
    ["GET", "/api/v9/things/1", 404, "not_found_error"],
    ["GET", "/", 404, "not_found_error"],
    ["PATCH", "/api/v3.1/things/1", 405, "method_not_allowed_error"],
    ["DELETE", "/api/v3.1/things/refused", 405, "blueprint_in_use"],
  ] as const)("%s %s gets %i %s", async (method, url, status, code) => {
    const { app } = await aServer(echo);
    const answer = await app.inject({ method, url });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error_code: code, message: expect.any(String), server_traceback: null });
  });

  it("carries what the refusal adds", async () => {
    const { app } = await aServer(echo);
    expect((await app.inject({ method: "DELETE", url: "/api/v3.1/things/refused" })).json()).toMatchObject({
      by: ["web"],
    });
  });

  it("shows nothing of an unexpected error but the id under which the log has it", async () => {
    const { app, lines } = await aServer(echo);
    const answer = await app.inject({ method: "DELETE", url: "/api/v3.1/things/broken" });
    expect(answer.statusCode).toBe(500);
    expect(answer.payload).not.toContain("/etc/x");
    expect(answer.json().message).toContain(answer.headers["x-request-id"]);
    expect(lines.join("")).toContain("secret path /etc/x");
  });

  it.each(["ENOSPC", "SQLITE_FULL"])("says that the disk is full where the reason is %s", async (code) => {
    const { app } = await aServer(echo);
    const answer = await app.inject({ method: "DELETE", url: `/api/v3.1/things/full/${code}` });
    expect(answer.statusCode).toBe(500);
    expect(answer.json().message).toBe("There is no room left on the disk of the server");
  });
});

describe("a JSON body", () => {
  it.each([
    ["application/json", '{"a": 1}', 200, { got: { a: 1 } }],
    ["application/json", "", 200, { got: null }],
    ["application/json", "{bad", 400, { error_code: "bad_parameters_error" }],
    ["application/json; charset=utf-8", "{}", 415, { error_code: "unsupported_content_type_error" }],
    ["application/x-www-form-urlencoded", "a=b", 415, { error_code: "unsupported_content_type_error" }],
  ])("of type %s saying %j answers %i", async (type, payload, status, body) => {
    const { app } = await aServer(echo);
    const answer = await app.inject({
      method: "POST",
      url: "/api/v3.1/things",
      headers: { "content-type": type },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject(body);
  });

  it("of an upload is left to the route, even when it claims to be JSON", async () => {
    const { app } = await aServer(echo);
    const headers = { "content-type": "application/json" };
    const answer = await app.inject({ method: "PUT", url: "/api/v3.1/archives", headers, payload: Buffer.alloc(5000) });
    expect(answer.json()).toEqual({ size: 5000 });
  });
});
