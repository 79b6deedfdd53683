import { readFile } from "node:fs/promises";
import type { AgentOptions, Agent as HttpAgent, request as httpRequest, RequestOptions } from "node:http";
import { Agent, request } from "node:https";
import { ConnectionError } from "./errors.ts";
import { addressOf, type Endpoint } from "./transport.ts";

/** How to open an encrypted connection: whom to believe, and with which agent. */
export async function tlsDial(
  endpoint: Endpoint,
  agentOptions: AgentOptions,
): Promise<{ request: typeof httpRequest; agent: HttpAgent; options: RequestOptions }> {
  return { request, agent: new Agent({ ...agentOptions, ...(await trust(endpoint)) }), options: {} };
}

/** @throws ConnectionError the file with the authorities cannot be read */
export async function trust(endpoint: Endpoint): Promise<{ ca?: string; rejectUnauthorized?: boolean }> {
  if (endpoint.trustAll) return { rejectUnauthorized: false };
  if (!endpoint.caFile) return {};
  try {
    return { ca: await readFile(endpoint.caFile, "utf8") };
  } catch (cause) {
    const message = `The certificate file ${endpoint.caFile} cannot be read: ${cause instanceof Error ? cause.message : cause}`;
    throw new ConnectionError({ kind: "tls", message, sent: false, address: addressOf(endpoint) }, { cause });
  }
}
