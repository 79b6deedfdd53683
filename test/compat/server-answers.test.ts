import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { aManager, type Manager } from "../helpers/manager.ts";
import { DIFFERENCES, isLegacyTwin } from "./server/differences.ts";
import { beforehand, furnish } from "./server/furnish.ts";

interface Exchange {
  name: string;
  method: "GET";
  path: string;
  query: [string, string][];
  headers: Record<string, string>;
  body?: { json?: unknown; text?: string };
  status: number;
  error_code?: string;
  keys?: string[];
  item_keys?: string[];
}

type Found = Partial<Pick<Exchange, "status" | "error_code" | "keys" | "item_keys">>;
const ASPECTS = ["status", "error_code", "keys", "item_keys"] as const;

const exchanges: Exchange[] = JSON.parse(readFileSync("test/compat/server/exchanges.json", "utf8"));

it("the server answers recorded requests as the recorded manager did, but for the differences that are listed", async () => {
  const manager = await aManager();
  await furnish(manager);
  const unexplained: string[] = [];
  const met = new Set<object>();
  for (const exchange of exchanges) {
    await beforehand(exchange.name, manager);
    const found = await answerTo(exchange, manager);
    for (const aspect of ASPECTS) {
      const [ours, theirs] = [written(found[aspect]), written(exchange[aspect])];
      if (ours === theirs) continue;
      const reason = DIFFERENCES.find((one) => one.in.includes(aspect) && one.names.includes(exchange.name));
      if (reason) met.add(reason);
      else unexplained.push(`${exchange.name}: ${aspect} is ${ours}, recorded was ${theirs}`);
    }
  }
  expect(unexplained).toEqual([]);
  expect(DIFFERENCES.filter((difference) => !met.has(difference))).toEqual([]);
});

async function answerTo({ method, path, query, headers, body }: Exchange, { app }: Manager): Promise<Found> {
  const text = new URLSearchParams(query).toString();
  const answer = await app.inject({
    method,
    url: text === "" ? path : `${path}?${text}`,
    headers: { ...headers, "x-network": "1" },
    ...(body ? { payload: body.text ?? JSON.stringify(body.json) } : {}),
  });
  const json = parsed(answer.body);
  if (typeof json !== "object" || json === null) return { status: answer.statusCode };
  const { error_code, items } = json as { error_code?: string; items?: unknown[] };
  return {
    status: answer.statusCode,
    keys: keysOf(json),
    ...(error_code ? { error_code } : {}),
    ...(typeof items?.[0] === "object" && items[0] ? { item_keys: keysOf(items[0]) } : {}),
  };
}

const keysOf = (object: object): string[] => Object.keys(object).toSorted();
const written = (value: Found[keyof Found]): string =>
  Array.isArray(value) ? value.filter((key) => !isLegacyTwin(key)).join() : String(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
