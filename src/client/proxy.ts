import { ConnectionError } from "./errors.ts";
import { addressOf, type Endpoint } from "./transport.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment names for an endpoint, with the usual variables; lower case wins. @throws ConnectionError what it names is no address */
export function proxyFor(endpoint: Endpoint, env: Environment): URL | undefined {
  const named = namedProxy(endpoint, env);
  if (!named || isExempt(endpoint, wordsOf(env, "no_proxy") ?? "")) return undefined;
  try {
    return new URL(named.value.includes("://") ? named.value : `http://${named.value}`);
  } catch (cause) {
    const message = `The environment names a proxy for ${addressOf(endpoint)} that is no address`;
    throw new ConnectionError({ kind: "proxy", message, sent: false, address: addressOf(endpoint) }, { cause });
  }
}

/** The variable that names a proxy for such an endpoint, whether or not `NO_PROXY` exempts it. */
export function namedProxy(
  { protocol, socketPath }: Endpoint,
  env: Environment,
): { variable: string; value: string } | undefined {
  if (socketPath) return undefined;
  const variable = variableOf(env, `${protocol}_proxy`) ?? variableOf(env, "all_proxy");
  const value = variable && env[variable];
  return variable && value ? { variable, value } : undefined;
}

const variableOf = (env: Environment, name: string): string | undefined =>
  [name, name.toUpperCase()].find((spelling) => env[spelling] !== undefined);

function wordsOf(env: Environment, name: string): string | undefined {
  const variable = variableOf(env, name);
  return variable === undefined ? undefined : env[variable];
}

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
