import type { IncomingHttpHeaders } from "node:http";
import type { Credentials } from "../../services/identity/authenticate.ts";

/** The credentials in a request's headers; what is no proper form of any counts as absent. */
export function credentialsIn(headers: IncomingHttpHeaders): Credentials {
  const token = single(headers["authentication-token"]);
  const executionToken = single(headers["execution-token"]);
  const basic = basicIn(headers.authorization);
  return {
    ...(basic ? { basic } : {}),
    ...(token === undefined ? {} : { token }),
    ...(executionToken === undefined ? {} : { executionToken }),
  };
}

function basicIn(header: string | undefined): Credentials["basic"] {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? "")?.[1];
  if (!encoded) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const username = decoded.slice(0, colon);
  if (colon < 0 || !/^[A-Za-z]/.test(username)) return undefined;
  return { username, password: decoded.slice(colon + 1) };
}

export const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;
