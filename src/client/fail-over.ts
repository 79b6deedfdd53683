import { discard } from "./answer.ts";
import { ConnectionError } from "./errors.ts";
import { isReading } from "./retry.ts";
import type { Transport, TransportRequest } from "./transport.ts";

/** One server of a cluster. */
export interface Member {
  /** As told to people: `http://host:port`. */
  address: string;
  transport: Transport;
}

/** Told before the next member is asked, which from now on is the first one. */
export type OnFailOver = (change: FailOver) => void | Promise<void>;

export interface FailOver {
  from: string;
  to: string;
  /** Which of the members `to` is, in the order they were given. */
  index: number;
  error: Error;
}

/** The `code` of the error that stands for a gateway without its server. */
export const BAD_GATEWAY = "502";

/**
 * Asks the members in order and stays with the one that answered. A POST or PATCH goes to another member only when not
 * a byte of it went out: a gateway's 502 does not say whether it was done.
 */
export function failOver(members: readonly Member[], onFailOver?: OnFailOver): Transport {
  let order = [...members];

  return {
    async send(request) {
      const failures: ConnectionError[] = [];
      const candidates = [...order];
      for (const [index, member] of candidates.entries()) {
        const attempt = await ask(member, request);
        if (!(attempt instanceof ConnectionError)) return attempt;
        failures.push(attempt);
        const next = candidates[index + 1];
        const repeatable = mayRepeat(request.method, attempt);
        if (!repeatable && attempt.code !== BAD_GATEWAY) throw attempt;
        if (repeatable) refuseSpentBody(request, attempt);
        // Of several requests at a time, the first one to find out moves them all.
        if (next && order[0] === member) {
          order = [next, ...order.filter((one) => one !== next)];
          await onFailOver?.({ from: member.address, to: next.address, index: members.indexOf(next), error: attempt });
        }
        // What comes next goes to the other member: that is where to look whether this was done.
        if (!repeatable) throw attempt;
        if (!next) break;
      }
      throw allOffline(failures);
    },
    close() {
      for (const { transport } of members) transport.close();
    },
  };
}

async function ask({ address, transport }: Member, request: TransportRequest) {
  try {
    const response = await transport.send(request);
    if (response.status !== 502) return response;
    // The gateway on that host stands. The server behind it is away, or has ended while it did what it was asked for.
    discard(response.body);
    return new ConnectionError({
      kind: "unreachable",
      message: `${address} answered 502`,
      sent: true,
      address,
      code: BAD_GATEWAY,
    });
  } catch (error) {
    if (error instanceof ConnectionError) return error;
    throw error;
  }
}

/** Doing these twice is doing them once: the second time there is nothing to do, and the server says so. */
const IDEMPOTENT = new Set(["PUT", "DELETE"]);

/** What may have been done once is not asked for again elsewhere, unless asking again can do no harm. */
const mayRepeat = (method: string, { sent, code }: ConnectionError): boolean =>
  !sent || isReading(method) || (code === BAD_GATEWAY && IDEMPOTENT.has(method));

/** What cannot be sent again is not tried. */
function refuseSpentBody(request: TransportRequest, error: ConnectionError): void {
  if (request.body && !request.body.replayable) {
    const message = `${error.message}. What was being sent cannot be sent again: run the command once more`;
    throw new ConnectionError({ ...error, message }, { cause: error });
  }
}

function allOffline(failures: ConnectionError[]): ConnectionError {
  const [first] = failures;
  if (first && failures.length === 1) return first;
  const told = failures.map(({ address, kind, code }) => `${address} (${code ?? kind})`).join(", ");
  return new ConnectionError(
    {
      kind: first?.kind ?? "unreachable",
      message: `No node of the cluster answers: ${told}`,
      sent: failures.some(({ sent }) => sent),
      address: failures.map(({ address }) => address).join(", "),
      code: first?.code,
    },
    { cause: first },
  );
}
