import { request } from "node:http";

export interface Answer {
  status: number;
  // The suite reads the wire as it is; each comparison names the fields it expects.
  body: Record<string, unknown> & { items?: Record<string, unknown>[] };
}

type Query = Record<string, string | number | undefined>;

/** Plain HTTP to the server's socket: independent of our own client, so that neither can hide the other's mistake. */
export class Rest {
  constructor(private readonly socketPath: string) {}

  get = (path: string, query?: Query) => this.send("GET", path, query);
  post = (path: string, body?: unknown) => this.send("POST", path, undefined, body);
  put = (path: string, body?: unknown, query?: Query) => this.send("PUT", path, query, body);
  patch = (path: string, body?: unknown, query?: Query) => this.send("PATCH", path, query, body);
  delete = (path: string, query?: Query) => this.send("DELETE", path, query);

  /** @throws Error when the answer is not a success */
  async need(answer: Promise<Answer>): Promise<Answer["body"]> {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body).slice(0, 600)}`);
    return body;
  }

  send(
    method: string,
    path: string,
    query: Query = {},
    body?: unknown,
    contentType = "application/json",
  ): Promise<Answer> {
    const parameters = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(
      parameters.map(([key, value]): [string, string] => [key, String(value)]),
    ).toString();
    const payload = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          socketPath: this.socketPath,
          method,
          path: `/api/v3.1/${path}${search ? `?${search}` : ""}`,
          headers: {
            Tenant: "default_tenant",
            "Content-Type": contentType,
            ...(payload ? { "Content-Length": payload.length } : {}),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(parts).toString();
            let parsed: Answer["body"];
            try {
              parsed = text ? JSON.parse(text) : {};
            } catch {
              parsed = { text };
            }
            resolve({ status: response.statusCode ?? 0, body: parsed });
          });
        },
      );
      sent.on("error", reject);
      sent.end(payload);
    });
  }
}
