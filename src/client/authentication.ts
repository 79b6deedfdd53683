/** Who asks. Exactly one way. */
export type Authentication =
  | { kind: "basic"; username: string; password: string }
  /** An API token, `ctok-…`. */
  | { kind: "token"; token: string }
  /** The token of a running execution. */
  | { kind: "execution-token"; token: string }
  /** The other end knows the caller already, as on a unix socket. */
  | { kind: "none" };

export function authenticationHeaders(authentication: Authentication): Record<string, string> {
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
