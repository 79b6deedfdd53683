import { isDeepStrictEqual } from "node:util";
import type { ExecutionRecord, ShownEvent, ShownOperation } from "./case.ts";
import { boundPairs } from "./event-order.ts";
import { placeholders } from "./names.ts";

/** Lines in which the original's script runner speaks of its own files and processes. */
/** The last line of such a traceback, and in it what `ctx` said. */
const CTX_ERROR = /^<err> cloudify\.proxy\.client\.RequestError: \(.*?, ['"](?:\w+: )?(.*)['"]\)$/;
const FRAME = "Frame of a traceback";
const FRAMEWORK_LOG =
  /^(Frame of a traceback$|Downloaded |Process created, PID|Execution done \(PID|Creating virtualenv|Installing )/;

/** Differences between what was recorded and what our server showed, one readable line each. */
export function compareExecution(expected: ExecutionRecord, shown: ExecutionRecord, where: string): string[] {
  const varies = expected.differs_between_runs?.includes("operations");
  return [
    ...compareFields(executionFields(expected.execution), executionFields(shown.execution), `${where} execution`),
    ...compareEvents(expected, shown.events ?? [], where),
    ...compareOperations(varies ? undefined : expected.operations, shown.operations ?? [], where),
  ];
}

/** Every field that was recorded must be shown with the same value; fields we show beside them do not matter. */
export function compareFields(
  expected: Record<string, unknown> | undefined,
  shown: Record<string, unknown> | undefined,
  where: string,
): string[] {
  return Object.entries(expected ?? {}).flatMap(([key, value]) => {
    const wanted = settle(value);
    const found = settle(shown?.[key]);
    return isDeepStrictEqual(wanted, found) ? [] : [`${where}.${key}: expected ${brief(wanted)}, got ${brief(found)}`];
  });
}

/** A node instance; its targets among the instances of one node stand in no order. */
export function compareInstance(
  expected: Record<string, unknown>,
  shown: Record<string, unknown> | undefined,
  where: string,
): string[] {
  return compareFields(withTargetsInOrder(expected), shown && withTargetsInOrder(shown), where);
}

function withTargetsInOrder(instance: Record<string, unknown>): Record<string, unknown> {
  const groups: string[][][] = [];
  for (const related of (instance.related_to ?? []) as string[][]) {
    const [type, node] = [related[0], related[1]?.split("#")[0]];
    const last = groups.at(-1);
    if (last && last[0]?.[0] === type && last[0]?.[1]?.split("#")[0] === node) last.push(related);
    else groups.push([related]);
  }
  return {
    ...instance,
    related_to: groups.flatMap((group) => group.toSorted(([, a = ""], [, b = ""]) => (a < b ? -1 : 1))),
  };
}

/** Texts with placeholders, keys in order, undefined as null. */
function settle(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === "string") return placeholders(value);
  if (Array.isArray(value)) return value.map(settle);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, settle(item)]),
    );
  return value;
}

const brief = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
};

/** A traceback's frames are the installation's own: its first words and its last line are the fact. */
function executionFields(execution: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  if (!execution) return undefined;
  const { error, error_last_line, error_is_traceback, error_lines, ...rest } = withoutOrder(execution);
  if (typeof error !== "string") return execution;
  // The blueprint language's refusals are told in words of our own.
  if (/^dsl_parser\./.test(String(error_last_line))) return rest;
  const ends = errorEnds(error, typeof error_last_line === "string" ? error_last_line : undefined);
  return { ...rest, error: ends };
}

/** What an update tells the workflow that stands in for it are sets. */
function withoutOrder(execution: Record<string, unknown>): Record<string, unknown> {
  const parameters = execution["parameters"] as Record<string, unknown> | undefined;
  const entities = parameters?.["modified_entity_ids"] as Record<string, unknown> | undefined;
  if (!entities) return execution;
  const sorted = Object.entries(entities).map(([type, ids]) => [type, Array.isArray(ids) ? [...ids].sort() : ids]);
  return { ...execution, parameters: { ...parameters, modified_entity_ids: Object.fromEntries(sorted) } };
}

function errorEnds(text: string, recordedLastLine?: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  // A traceback in the middle of a text was recorded as its first words and its last line.
  const last = (recordedLastLine ?? lines.at(-1) ?? "")
    .replace(/^Traceback \(most recent call last\)\.\.\./, "")
    .trimEnd();
  const first = lines[0] ?? "";
  const frames = /^(File "|Traceback )/.test(first);
  return placeholders(frames || first === last ? last : `${first}\n${last}`);
}

/** Of a traceback that a script's `ctx` command printed, only the last line is a fact: the frames become empty logs. */
function withoutFrames(events: ShownEvent[]): ShownEvent[] {
  let inTraceback = false;
  return events.map((event) => {
    if (event.message === "<err> Traceback (most recent call last):") inTraceback = true;
    else if (!event.message.startsWith("<err>   ")) inTraceback = false;
    return { ...event, message: inTraceback ? FRAME : event.message.replace(CTX_ERROR, "<err> $1") };
  });
}

const counts = (event: ShownEvent): boolean => !(event.type === "cloudify_log" && FRAMEWORK_LOG.test(event.message));

function eventKey(event: ShownEvent): string {
  return placeholders(
    [
      event.type === "cloudify_event" ? event.event_type : `log ${event.level}`,
      event.node ?? (event.source ? `${event.source}>${event.target}` : "-"),
      event.operation ?? "-",
      errorEnds(event.message),
    ].join(" | "),
  );
}

function compareEvents(expected: ExecutionRecord, shown: ShownEvent[], where: string): string[] {
  const recorded = expected.events && withoutFrames(expected.events);
  if (!recorded) return [];
  const places = new Map<string, number[]>();
  shown.forEach((event, index) => {
    if (!counts(event)) return;
    const key = eventKey(event);
    places.set(key, [...(places.get(key) ?? []), index]);
  });
  const problems: string[] = [];
  // The n-th occurrence of a line in the record stands for the n-th occurrence of that line in what was shown.
  const placeOf = recorded.map((event, index) => {
    if (!counts(event)) return undefined;
    const key = eventKey(event);
    const place = places.get(key)?.shift();
    if (place === undefined) problems.push(`${where} event missing (${index}): ${key}`);
    return place;
  });
  for (const [key, rest] of places)
    if (rest.length) problems.push(`${where} event not expected (${rest.length}x at ${rest[0]}): ${key}`);
  if (problems.length === 0)
    for (const [before, after] of boundPairs(expected)) {
      const [a, b] = [placeOf[before], placeOf[after]];
      if (a === undefined || b === undefined || a < b) continue;
      problems.push(
        `${where} order: ${eventKey(recorded[before]!)}  should come before  ${eventKey(recorded[after]!)}`,
      );
    }
  return problems;
}

/** Operations match by what they are and by what they wait for, since their ids and numbering are free. */
function compareOperations(expected: ShownOperation[] | undefined, shown: ShownOperation[], where: string): string[] {
  if (!expected) return [];
  const wanted = tally(expected);
  const found = tally(shown);
  const keys = new Set([...wanted.keys(), ...found.keys()]);
  return [...keys]
    .filter((key) => (wanted.get(key) ?? 0) !== (found.get(key) ?? 0))
    .map((key) => `${where} operation: expected ${wanted.get(key) ?? 0}, got ${found.get(key) ?? 0} of ${key}`);
}

function tally(operations: ShownOperation[]): Map<string, number> {
  const byNumber = new Map(operations.map((operation) => [operation.n, operation]));
  const short = (n: number | undefined): string => {
    const operation = n === undefined ? undefined : byNumber.get(n);
    return operation ? describe(operation) : "-";
  };
  const result = new Map<string, number>();
  for (const operation of operations) {
    const after = operation.after.map(short).sort().join(", ");
    const key = `${operation.graph}: ${describe(operation)} [${operation.state}] in ${short(operation.subgraph)} after {${after}} retry of ${short(operation.retry_of)}`;
    result.set(key, (result.get(key) ?? 0) + 1);
  }
  return result;
}

function describe(operation: ShownOperation): string {
  const parts = [
    operation.type,
    operation.type === "RemoteWorkflowTask" || operation.type === "SubgraphTask" ? operation.name : "",
  ];
  parts.push(operation.instance ?? "", operation.operation ?? "", operation.set_state ?? "", operation.event ?? "");
  if (operation.related) parts.push(`-> ${operation.related}`);
  if (operation.current_retries) parts.push(`retry ${operation.current_retries}`);
  return placeholders(parts.filter(Boolean).join(" "));
}
