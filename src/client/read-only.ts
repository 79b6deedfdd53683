import { isReading } from "./retry.ts";
import type { Transport, TransportRequest } from "./transport.ts";

/** A request that would change something was not sent. */
export class ReadOnlyError extends Error {
  override readonly name = "ReadOnlyError";
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What forbids it, as whoever made the client calls it. */
  readonly because: string;

  constructor({ method, path }: Pick<TransportRequest, "method" | "path">, because: string) {
    const [asked = path] = path.split("?", 1);
    super(`${method} ${asked} was not sent: ${because}`);
    this.method = method;
    this.path = asked;
    this.because = because;
  }
}

/** The POSTs that only read: what they ask for does not fit into a query. */
const READING_POSTS: readonly RegExp[] = [
  /^\/api\/v[\d.]+\/searches\/[a-z-]+$/,
  /^\/api\/v[\d.]+\/evaluate\/functions$/,
];

/** The transport for reading alone: what would change something on the server never leaves this program. */
export function readOnly(transport: Transport, because: string): Transport {
  return {
    async send(request) {
      if (!onlyReads(request)) throw new ReadOnlyError(request, because);
      return await transport.send(request);
    },
    close: () => transport.close(),
  };
}

function onlyReads({ method, path }: Pick<TransportRequest, "method" | "path">): boolean {
  if (isReading(method)) return true;
  const [asked = path] = path.split("?", 1);
  return method === "POST" && READING_POSTS.some((known) => known.test(asked));
}
