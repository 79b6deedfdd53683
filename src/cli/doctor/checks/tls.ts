import { once } from "node:events";
import { isIP, type Socket } from "node:net";
import { connect, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import { connectionFailure } from "../../../client/failure.ts";
import { proxyFor } from "../../../client/proxy.ts";
import { trust } from "../../../client/tls.ts";
import { addressOf, type Endpoint } from "../../../client/transport.ts";
import { explainFailure } from "../../connection/explain-failure.ts";
import { counted } from "../../output/counted.ts";
import { type Check, type Finding, fail, ok, warn } from "../check.ts";
import { openSocket } from "../open-socket.ts";
import { hostAndPort, type ManagerSubject } from "../subject.ts";

const DAY = 86_400_000;
/** Days before the end at which there is still time to renew. */
const SOON = 30;

/** Whether the server's certificate is believed, whose it is, and how long it lasts. */
export const tls = ({ ctx }: ManagerSubject, endpoint: Endpoint): Check => ({
  id: "tls",
  target: hostAndPort(endpoint),
  async run(signal) {
    const { ca } = await trust(endpoint);
    const raw = await openSocket(endpoint, proxyFor(endpoint, ctx.env), signal);
    try {
      const secure = await handshake(raw, endpoint, ca, signal);
      return judged(secure, endpoint, ctx.clock.now());
    } finally {
      raw.destroy();
    }
  },
});

/** Believes whatever comes: what is wrong with it is to be told, not thrown. */
async function handshake(
  socket: Socket,
  endpoint: Endpoint,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const { host } = endpoint;
  const names = isIP(host) ? { host } : { host, servername: host };
  const secure = connect({ ...names, socket, ca, rejectUnauthorized: false });
  try {
    await once(secure, "secureConnect", { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw connectionFailure(error, { address: addressOf(endpoint), sent: false });
  }
  return secure;
}

function judged(socket: TLSSocket, endpoint: Endpoint, now: number): Finding {
  const chain = chainOf(socket.getPeerCertificate(true));
  const told = `${socket.getProtocol()}, ${description(chain, now)}`;
  if (!socket.authorized) {
    const { code, reason } = objection(socket);
    if (endpoint.trustAll) {
      return warn(`${told}; not verified (${reason})`, "Every certificate is believed: unset CLOUDIFY_SSL_TRUST_ALL");
    }
    const error = connectionFailure(Object.assign(new Error(reason), { code }), {
      address: addressOf(endpoint),
      sent: false,
    });
    return fail(`${reason}; ${told}`, ...explainFailure(error).hint);
  }
  return daysLeft(chain, now) < SOON
    ? warn(told, "Renew it before it ends: cfy certificates replace, or on the server's host")
    : ok(told);
}

/** Node puts the code where its types promise an error. */
function objection({ authorizationError }: TLSSocket): { code: string; reason: string } {
  const given: unknown = authorizationError;
  if (given instanceof Error) return { code: "code" in given ? String(given.code) : "", reason: given.message };
  const code = String(given);
  return { code, reason: REASONS[code] ?? code.toLowerCase().replaceAll("_", " ") };
}

const REASONS: Record<string, string> = {
  CERT_HAS_EXPIRED: "the certificate has expired",
  CERT_NOT_YET_VALID: "the certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is signed by itself, not by a trusted authority",
  SELF_SIGNED_CERT_IN_CHAIN: "the authority at the end of the chain is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the authority that signed the certificate is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the authority that signed the certificate is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for other names",
};

/** From the server's own certificate to the last one that is known. */
function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain = [leaf];
  for (let next = leaf.issuerCertificate; next && !chain.includes(next); next = next.issuerCertificate)
    chain.push(next);
  return chain;
}

function description(chain: readonly DetailedPeerCertificate[], now: number): string {
  const [leaf] = chain;
  if (!leaf?.subject) return "no certificate";
  const names = leaf.subjectaltname?.replaceAll("IP Address:", "").replaceAll("DNS:", "") ?? leaf.subject.CN;
  const days = Math.trunc(daysLeft(chain, now));
  const inDays = `${counted(Math.abs(days), "day")} ${daysLeft(chain, now) < 0 ? "ago" : "left"}`;
  const end = new Date(endOf(chain)).toISOString().slice(0, 10);
  return `certificate for ${names}, signed by ${leaf.issuer.CN ?? leaf.issuer.O}, ends ${end} (${inDays})`;
}

/** Milliseconds since the epoch: of that certificate of the chain which ends first. */
const endOf = (chain: readonly DetailedPeerCertificate[]): number =>
  Math.min(...chain.map(({ valid_to }) => Date.parse(valid_to)));

const daysLeft = (chain: readonly DetailedPeerCertificate[], now: number): number => (endOf(chain) - now) / DAY;
