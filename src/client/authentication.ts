import type { Transport } from "./transport.ts";

/** Who asks. Exactly one way. */
export type Authentication =
  | { kind: "basic"; username: string; password: string }
  /** An API token, `ctok-…`. */
  | { kind: "token"; token: string }
  /** The token of a running execution. */
  | { kind: "execution-token"; token: string }
  /** The other end knows the caller already, as on a unix socket. */
  | { kind: "none" };

/** The transport, saying with each request who asks and for which tenant. */
export function identified(transport: Transport, who: { authentication: Authentication; tenant: string }): Transport {
  const identity = { Tenant: who.tenant, ...authenticationHeaders(who.authentication) };
  return {
    send: (request) => transport.send({ ...request, headers: { ...identity, ...request.headers } }),
    close: () => transport.close(),
  };
}

function authenticationHeaders(authentication: Authentication): Record<string, string> {
  switch (authentication.kind) {
    case "basic": {
      const credentials = `${authentication.username}:${authentication.password}`;
      return { Authorization: `Basic ${Buffer.from(credentials, "utf8").toString("base64")}` };
    }
    case "token":
      return { "Authentication-Token": authentication.token };
    case "execution-token":
      return { "Execution-Token": authentication.token };
    case "none":
      return {};
  }
}
