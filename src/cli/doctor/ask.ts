import type { IncomingHttpHeaders } from "node:http";
import { discard, refusal } from "../../client/answer.ts";
import type { RestError } from "../../client/errors.ts";
import { network } from "../../client/network.ts";
import type { Endpoint, TransportRequest } from "../../client/transport.ts";
import type { Context } from "../context.ts";

export interface Answer {
  headers: IncomingHttpHeaders;
  /** What the server says against the request, which names nobody and so may well be refused. */
  refusal: RestError | undefined;
  /** Milliseconds since the epoch. */
  askedAt: number;
  answeredAt: number;
}

/** Asks one host for the status of its services, without credentials. */
export async function ask({ env, clock }: Context, endpoint: Endpoint, signal: AbortSignal): Promise<Answer> {
  const transport = network([endpoint], { env });
  const request: TransportRequest = { method: "GET", path: "/api/v3.1/status", headers: { Accept: "*/*" }, signal };
  try {
    const askedAt = clock.now();
    const response = await transport.send(request);
    const answeredAt = clock.now();
    const { status, headers, body } = response;
    const refused = status >= 200 && status < 300 ? undefined : await refusal(request, response);
    if (!refused) discard(body);
    return { headers, refusal: refused, askedAt, answeredAt };
  } finally {
    transport.close();
  }
}
