import { bodyText, kindOf, type SentRequest } from "./request.ts";
import type { Wildcards } from "./wildcards.ts";

/**
 * What differs between the requests that were recorded and those that were sent.
 * Reads may come in another number and order, not in another kind; what changes something must come the same times,
 * in the same order and with the same body.
 */
export function compareRequests(
  recorded: readonly SentRequest[],
  sent: readonly SentRequest[],
  wildcards: Wildcards,
): string[] {
  return [
    ...compareReads(kindsOfReads(recorded, wildcards), kindsOfReads(sent, wildcards)),
    ...compareWrites(recorded.filter(isWrite), sent.filter(isWrite), wildcards),
  ];
}

const isWrite = ({ method, path }: SentRequest): boolean => method !== "GET" && !path.includes("/searches/");

const kindsOfReads = (requests: readonly SentRequest[], wildcards: Wildcards): Set<string> =>
  new Set(
    requests
      .filter((request) => !isWrite(request))
      .map((request) => {
        const kind = kindOf(request, wildcards);
        return request.body ? `${kind} ${bodyText(request.body, wildcards)}` : kind;
      }),
  );

function compareReads(recorded: Set<string>, sent: Set<string>): string[] {
  return [
    ...[...recorded].filter((kind) => !sent.has(kind)).map((kind) => `not sent: ${kind}`),
    ...[...sent].filter((kind) => !recorded.has(kind)).map((kind) => `not recorded: ${kind}`),
  ];
}

function compareWrites(recorded: readonly SentRequest[], sent: readonly SentRequest[], wildcards: Wildcards): string[] {
  const differences: string[] = [];
  for (let index = 0; index < Math.max(recorded.length, sent.length); index++) {
    const [wanted, got] = [recorded[index], sent[index]];
    if (!got) differences.push(`not sent: ${describe(wanted, wildcards)}`);
    else if (!wanted) differences.push(`not recorded: ${describe(got, wildcards)}`);
    else differences.push(...compareWrite(wanted, got, wildcards));
  }
  return differences;
}

function compareWrite(wanted: SentRequest, got: SentRequest, wildcards: Wildcards): string[] {
  const [kind, gotKind] = [kindOf(wanted, wildcards), kindOf(got, wildcards)];
  if (kind !== gotKind) return [`recorded: ${kind}`, `    sent: ${gotKind}`];
  const [body, gotBody] = [bodyText(wanted.body, wildcards), bodyText(got.body, wildcards, wanted.body)];
  return body === gotBody ? [] : [`recorded: ${kind} ${body}`, `    sent: ${gotKind} ${gotBody}`];
}

const describe = (request: SentRequest | undefined, wildcards: Wildcards): string =>
  request ? `${kindOf(request, wildcards)} ${bodyText(request.body, wildcards)}` : "";
