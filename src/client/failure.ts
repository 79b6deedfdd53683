import { ConnectionError, type ConnectionFailure } from "./errors.ts";

const KINDS: Record<string, ConnectionFailure> = {
  ECONNREFUSED: "refused",
  ENOENT: "refused",
  ENOTDIR: "refused",
  EACCES: "refused",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ETIMEDOUT: "timeout",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ECONNABORTED: "reset",
};

// OpenSSL's verify results reach Node as bare codes, its protocol errors with a prefix.
const TLS_CODE =
  /^(ERR_SSL_|ERR_TLS_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|ERROR_IN_CERT|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|EPROTO)/;

/** Names what the operating system, TLS or the HTTP parser reported. */
export function connectionFailure(error: unknown, where: { address: string; sent: boolean }): ConnectionError {
  if (error instanceof ConnectionError) return error;
  const cause = firstOf(error);
  const code = codeOf(cause);
  return new ConnectionError(
    { ...where, kind: kindOf(code), message: sentence(cause, code, where.address), code },
    { cause },
  );
}

function kindOf(code: string | undefined): ConnectionFailure {
  if (code === undefined) return "reset";
  if (TLS_CODE.test(code)) return "tls";
  if (code.startsWith("HPE_")) return "protocol";
  return KINDS[code] ?? "reset";
}

/** A host with several addresses fails with all their errors together; the first one is told. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

function codeOf(error: unknown): string | undefined {
  const reason = opensslReason(error);
  if (reason !== undefined) return `ERR_SSL_${reason.toUpperCase().replaceAll(" ", "_")}`;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** OpenSSL's own words, out of a message that holds its source lines too. */
function opensslReason(error: unknown): string | undefined {
  return error instanceof Error ? /:SSL routines:[^:]*:([^:]+):/.exec(error.message)?.[1] : undefined;
}

function sentence(error: unknown, code: string | undefined, address: string): string {
  if (code === "ECONNREFUSED" || code === "ENOENT" || code === "ENOTDIR") return `${address} refuses the connection`;
  if (code === "ENOTFOUND") return `The host of ${address} is not known`;
  const said = opensslReason(error) ?? (error instanceof Error ? error.message : String(error));
  return `No answer from ${address}: ${said}`;
}
