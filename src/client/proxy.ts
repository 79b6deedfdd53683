import { ConnectionError } from "./errors.ts";
import { addressOf, type Endpoint } from "./transport.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment names for an endpoint, with the usual variables; lower case wins. @throws ConnectionError what it names is no address */
export function proxyFor(endpoint: Endpoint, env: Environment): URL | undefined {
  if (endpoint.socketPath) return undefined;
  const named = variable(env, `${endpoint.protocol}_proxy`) ?? variable(env, "all_proxy");
  if (!named || isExempt(endpoint, variable(env, "no_proxy") ?? "")) return undefined;
  try {
    return new URL(named.includes("://") ? named : `http://${named}`);
  } catch (cause) {
    const message = `The environment names a proxy for ${addressOf(endpoint)} that is no address`;
    throw new ConnectionError({ kind: "proxy", message, sent: false, address: addressOf(endpoint) }, { cause });
  }
}

const variable = (env: Environment, name: string): string | undefined =>
  env[name] ?? env[name.toUpperCase()] ?? undefined;

/** `no_proxy`: hosts, domains (with those below them), `host:port`, or `*` for all. */
function isExempt({ host, port }: Endpoint, list: string): boolean {
  const name = host.toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === "*") return true;
      const [, pattern = entry, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
      const domain = pattern.replace(/^\*?\./, "");
      return name === domain || name.endsWith(`.${domain}`);
    });
}
