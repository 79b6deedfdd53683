import { isDeepStrictEqual } from "node:util";
import type { Endpoint } from "../../src/client/index.ts";
import { type Answer, loopback, type Seen } from "./loopback.ts";

const API = "/api/v3.1";

export interface Expectation {
  /** Compared with the parsed JSON body, when given. */
  body?: unknown;
  /** These query parameters must be there with these values; others may be. */
  query?: Record<string, string>;
  headers?: Record<string, string>;
  status?: number;
  answer?: unknown;
  /** How often it may be asked; once unless said otherwise. */
  times?: number | "any";
}

interface Stub extends Expectation {
  route: string;
  left: number;
}

/**
 * A manager made of expectations, at the end of a real connection. A request that none of them fits is answered
 * with 501 and fails the test, and so does an expectation that nobody asked for.
 */
export interface FakeManager {
  /** `on("POST /executions/E1", { body: { action: "cancel" }, answer: … })`; the path without `/api/v3.1`. */
  on(route: string, expectation?: Expectation): FakeManager;
  /** A list answer of one page. */
  list(path: string, items: readonly unknown[], expectation?: Expectation): FakeManager;
  readonly requests: readonly Seen[];
  /** Resolves when it has been asked so many times. */
  asked(times: number): Promise<void>;
  endpoint(): Promise<Endpoint>;
  /** @throws when something was asked that was not expected, or the other way round */
  verify(): void;
}

export function fakeManager(): FakeManager {
  const stubs: Stub[] = [];
  const requests: Seen[] = [];
  const unexpected: string[] = [];
  const watchers = new Set<() => void>();
  let listening: Promise<Endpoint> | undefined;

  const answer = (seen: Seen): Answer => {
    requests.push(seen);
    for (const watcher of watchers) watcher();
    const stub = stubs.find((candidate) => candidate.left > 0 && fits(candidate, seen));
    if (!stub) {
      unexpected.push(describe(seen));
      return { status: 501, json: { message: `unexpected ${describe(seen)}`, error_code: "unexpected_request" } };
    }
    stub.left -= 1;
    const { status = 200 } = stub;
    return status === 204 ? { status, text: "" } : { status, json: stub.answer ?? {} };
  };

  const manager: FakeManager = {
    requests,
    asked: (times) =>
      new Promise((resolve) => {
        const look = () => {
          if (requests.length < times) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    on(route, expectation = {}) {
      const { times = 1 } = expectation;
      stubs.push({ ...expectation, route, left: times === "any" ? Number.POSITIVE_INFINITY : times });
      return manager;
    },
    list(path, items, expectation = {}) {
      const pagination = { total: items.length, size: 1000, offset: 0 };
      return manager.on(`GET ${path}`, { ...expectation, answer: { items, metadata: { pagination, filtered: null } } });
    },
    endpoint() {
      listening ??= loopback(answer).then(({ endpoint }) => endpoint);
      return listening;
    },
    verify() {
      const unused = stubs.filter(({ left }) => left > 0 && Number.isFinite(left)).map(({ route }) => route);
      const faults = [
        ...unexpected.map((request) => `not expected: ${request}`),
        ...unused.map((route) => `never asked: ${route}`),
      ];
      if (faults.length > 0) throw new Error(faults.join("\n"));
    },
  };
  return manager;
}

function fits(stub: Stub, seen: Seen): boolean {
  if (stub.route !== `${seen.method} ${seen.path.replace(API, "")}`) return false;
  if (Object.entries(stub.query ?? {}).some((wanted) => !seen.query.some((pair) => isDeepStrictEqual(pair, wanted))))
    return false;
  if (Object.entries(stub.headers ?? {}).some(([name, value]) => seen.headers[name.toLowerCase()] !== value))
    return false;
  return stub.body === undefined || isDeepStrictEqual(parsed(seen.body), stub.body);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

const describe = ({ method, path, query, body }: Seen): string =>
  `${method} ${path.replace(API, "")}${query.length > 0 ? `?${new URLSearchParams(query)}` : ""} ${body}`.trim();
