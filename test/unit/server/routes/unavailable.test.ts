import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { clientOver } from "../../../../src/client/client.ts";
import type { Transport } from "../../../../src/client/transport.ts";
import { UNAVAILABLE } from "../../../../src/server/routes/unavailable.ts";
import { aManager } from "../../../helpers/manager.ts";

/** Answers that never end. */
const STREAMS = ["GET audit/stream"];
/** Not below the version of the API. */
const ELSEWHERE = ["GET /api/version"];

/** Method and path of every request that the client knows, with `x` for what the caller names. */
async function requestsOfClient(): Promise<string[]> {
  const requests = new Set<string>();
  const transport: Transport = {
    async send({ method, path }) {
      requests.add(`${method} ${path.replace(/^\/api\/v3\.1\//, "").replace(/\?.*/, "")}`);
      throw new Error("nobody answers");
    },
    close: () => undefined,
  };
  for (const [name, resource] of Object.entries(clientOver(transport, { attempts: 1 }))) {
    if (name === "rest" || typeof resource !== "object") continue;
    for (const word of Object.values(resource)) {
      if (typeof word !== "function") continue;
      // Words take ids first and what is asked for last: one of these is what they expect.
      for (const given of [
        ["x", "x", {}],
        ["x", {}, {}],
        [{}, {}],
      ]) {
        await ask(word as (...given: unknown[]) => unknown, given);
      }
    }
  }
  return [...requests].filter((request) => !request.includes("object")).toSorted();
}

async function ask(word: (...given: unknown[]) => unknown, given: unknown[]): Promise<void> {
  try {
    const asked = word(...given);
    if (typeof asked === "object" && asked !== null && Symbol.asyncIterator in asked) {
      for await (const _ of asked as AsyncIterable<unknown>) break;
    } else await asked;
  } catch {
    // Nobody answers; what was asked is noted.
  }
}

it("every request of the client has an answer here, if only why there is none", async () => {
  const { ask } = await aManager();
  const requests = await requestsOfClient();
  const unanswered: string[] = [];
  for (const request of requests) {
    if (STREAMS.includes(request) || ELSEWHERE.includes(request) || request.endsWith("searches/x")) continue;
    const [method = "", path = ""] = request.split(" ");
    const { status, body } = await ask(method as "GET", path, method === "GET" || method === "DELETE" ? null : {});
    if (status === 405 || String(body?.message).includes("is not served here")) unanswered.push(request);
  }
  expect(requests.length).toBeGreaterThan(150);
  expect(unanswered).toEqual([]);
});

it("the document lists what this server does not have, and why", () => {
  const rows = readFileSync("docs/embedded-server.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("`", "")))
    .map(([, what, because]) => `${what}: ${because}`);
  for (const { what, because } of UNAVAILABLE) expect(rows).toContain(`${what}: ${because}`);
});

it.each(["GET license", "PUT managers/m2", "PATCH agents", "POST contacts"])(
  "%s says what there is instead",
  async (request) => {
    const { ask } = await aManager();
    const [method, path = ""] = request.split(" ");
    const { status, body } = await ask(method as "GET", path, method === "GET" ? null : {});
    expect([status, body.error_code]).toEqual([404, "missing_premium_package_error"]);
    expect(body.message).toMatch(/^This server does not have .+: .+/);
  },
);
