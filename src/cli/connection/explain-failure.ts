import type { ConnectionError, ConnectionFailure } from "../../client/errors.ts";

interface Explanation {
  code: string;
  message: string;
  hint: string[];
}

const ADDRESS = "Is this the right address? cfy profiles show-current";

const HINTS: Record<ConnectionFailure, string[]> = {
  refused: ["Nothing listens there: is the server running, and is the port open?", ADDRESS],
  dns: ["The name is not known here: is it spelled right, and does the resolver know it?", ADDRESS],
  unreachable: ["There is no way to this host from here: check network and VPN.", ADDRESS],
  timeout: ["A firewall may drop the packets, or the server is overloaded.", ADDRESS],
  reset: ["The server or something before it closed the connection."],
  proxy: ["The proxy is named by HTTP_PROXY, HTTPS_PROXY or ALL_PROXY; NO_PROXY=HOST goes past it."],
  tls: [],
  protocol: ["What answers there may be another program, or speak TLS: cfy profiles set --ssl on", ADDRESS],
};

const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_UNTRUSTED/;

/** What to do about a connection that failed. */
export function explainFailure(error: ConnectionError): Explanation {
  const hint = error.kind === "tls" ? tlsHint(error) : [...HINTS[error.kind]];
  if (error.kind === "reset" && error.address.startsWith("http://"))
    hint.push("If it speaks TLS there: --ssl of cfy profiles use, or cfy profiles set --ssl on");
  if (error.sent && error.kind !== "protocol") {
    hint.push("The request had gone out: what it asks for may have been done. Look before you repeat it.");
  }
  return { code: `connection_${error.kind}`, message: error.message, hint };
}

function tlsHint({ code = "" }: ConnectionError): string[] {
  if (UNTRUSTED.test(code)) {
    return [
      "The server's certificate is not signed by an authority that is trusted here. Name the right one:",
      "cfy profiles set --rest-certificate FILE     (or LOCAL_REST_CERT_FILE=FILE)",
      "CLOUDIFY_SSL_TRUST_ALL=1 believes any certificate, and so anybody on the way.",
    ];
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    return ["The certificate is for other names: use one of them as the address: cfy profiles use NAME"];
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return ["The server's certificate is out of date, or the clock of this machine is wrong."];
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/.test(code)) {
    return ["The server does not speak TLS at this port: cfy profiles set --ssl off"];
  }
  return ["Does the certificate of the profile belong to this server? cfy profiles show-current"];
}
