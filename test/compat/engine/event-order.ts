import type { ExecutionRecord, ShownEvent } from "./case.ts";

/**
 * Which pairs of recorded events (by index) bind another run too. A record shows one of the orders that may be:
 * bound are the events of one subject, those beside the workflow's own start and end, and subgraphs which the
 * stored operations chain.
 */
export function boundPairs(record: ExecutionRecord): [number, number][] {
  const events = record.events ?? [];
  const pairs: [number, number][] = [];
  for (const indexes of bySubject(events).values())
    for (const [place, a] of indexes.entries())
      for (const b of indexes.slice(place + 1))
        if (!isRace(record, a, b) && !variesBetweenRuns(record, a, b)) pairs.push([a, b]);
  return [...pairs, ...workflowPairs(record), ...chainedSubgraphs(record)];
}

function bySubject(events: ShownEvent[]): Map<string, number[]> {
  const nodes = new Set(events.flatMap(({ node }) => (node ? [node] : [])));
  const subjects = new Map<string, number[]>();
  events.forEach((event, index) => {
    const subject = subjectOf(event, nodes);
    subjects.set(subject, [...(subjects.get(subject) ?? []), index]);
  });
  return subjects;
}

/** The instance, the relationship, the instance whose subgraph it is, or the workflow. */
function subjectOf(event: ShownEvent, nodes: Set<string>): string {
  if (event.node) return event.node;
  if (event.source) return `${event.source}>${event.target}`;
  const subgraph = subgraphOf(event);
  if (subgraph === undefined) return "<workflow>";
  return [...nodes].find((node) => subgraph === node || subgraph.endsWith(`_${node}`)) ?? subgraph;
}

const subgraphOf = (event: ShownEvent): string | undefined => /^Subgraph \w+ '([^']+)'/.exec(event.message)?.[1];

const isOutput = (event: ShownEvent, stream: string): boolean =>
  event.type === "cloudify_log" && event.message.startsWith(`<${stream}>`);

/** Pairs that may come in either order in the original itself. */
function isRace(record: ExecutionRecord, first: number, second: number): boolean {
  const events = record.events ?? [];
  const [a, b] = [events[first], events[second]];
  if (!a || !b) return true;
  return (
    twoStreams(a, b) ||
    twoSides(a, b) ||
    twoRelationships(a, b) ||
    looseTasks(record, a, b) ||
    isLateLog(events, first) ||
    isLateLog(events, second)
  );
}

const twoStreams = (a: ShownEvent, b: ShownEvent): boolean =>
  a.operation === b.operation && isOutput(a, "out") !== isOutput(b, "out") && isOutput(a, "err") !== isOutput(b, "err");

/** Source and target operation of one relationship run beside each other, and both log on the relationship. */
const twoSides = (a: ShownEvent, b: ShownEvent): boolean =>
  a.type === "cloudify_log" && a.source != null && a.operation === b.operation && a.message !== b.message;

/** One instance takes part in the same operation of several relationships, each a task of its own. */
const twoRelationships = (a: ShownEvent, b: ShownEvent): boolean =>
  a.operation === b.operation &&
  (a.operation ?? "").includes("relationship_lifecycle.") &&
  (a.event_type === "sending_task") === (b.event_type !== "sending_task") &&
  !b.message.includes("[retry");

/** Called one after the other outside a graph, a node event and a task are two tasks without an order. */
const looseTasks = (record: ExecutionRecord, a: ShownEvent, b: ShownEvent): boolean =>
  record.operations?.length === 0 &&
  [a, b].some((event) => event.event_type === "workflow_node_event") &&
  [a, b].some((event) => event.event_type === "sending_task");

/** A line logged after its operation was taken as ended: the operation of an earlier run, or run beside its answer. */
function isLateLog(events: ShownEvent[], index: number): boolean {
  const event = events[index];
  if (event?.type !== "cloudify_log" || event.operation === null) return false;
  const before = events
    .slice(0, index)
    .filter(({ node, operation }) => node === event.node && operation === event.operation);
  const last = before.filter(({ type }) => type === "cloudify_event").at(-1);
  return last !== undefined && /^task_(succeeded|failed|rescheduled)$/.test(last.event_type ?? "");
}

/** Of several recorded runs, the pairs of a subject that came the other way round in one. */
function variesBetweenRuns(record: ExecutionRecord, a: number, b: number): boolean {
  return Object.values(record.unordered_sequences ?? {}).some(
    (sequence) => sequence.includes(a) && sequence.includes(b) && !happensBefore(record, a, b),
  );
}

function happensBefore(record: ExecutionRecord, from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const at of seen) for (const [a, b] of record.happens_before ?? []) if (a === at) seen.add(b);
  return seen.has(to);
}

/** Everything between a start and an end of the workflow stays between them; lines of operations may come late. */
function workflowPairs(record: ExecutionRecord): [number, number][] {
  const events = record.events ?? [];
  const ends = events.flatMap((event, index) =>
    /^workflow_(started|succeeded|failed|cancelled)$/.test(event.event_type ?? "") ? [index] : [],
  );
  return ends.flatMap((end) =>
    events.flatMap((event, index): [number, number][] => {
      if (index === end || (index > end && !isBoundAfter(events, index))) return [];
      if (event.type === "cloudify_log" && event.operation !== null) return [];
      return index < end ? [[index, end]] : [[end, index]];
    }),
  );
}

/** After the end of a run without a graph its last loose tasks may still speak. */
const isBoundAfter = (events: ShownEvent[], index: number): boolean =>
  events
    .slice(index)
    .some((event) => /^workflow_/.test(event.event_type ?? "") && event.event_type !== "workflow_stage");

/** A subgraph that waits for another starts when that one has succeeded. */
function chainedSubgraphs(record: ExecutionRecord): [number, number][] {
  const operations = record.operations ?? [];
  const events = record.events ?? [];
  const only = (name: string, state: string): number | undefined => {
    const found = events.flatMap((event, index) =>
      event.message.startsWith(`Subgraph ${state} '${name}'`) ? [index] : [],
    );
    return found.length === 1 ? found[0] : undefined;
  };
  const byNumber = new Map(operations.map((operation) => [operation.n, operation]));
  return operations
    .filter(({ type }) => type === "SubgraphTask")
    .flatMap((operation) =>
      operation.after.flatMap((n): [number, number][] => {
        const first = byNumber.get(n);
        const ended = first?.type === "SubgraphTask" ? only(first.name, "succeeded") : undefined;
        const started = only(operation.name, "started");
        return ended === undefined || started === undefined || operation.subgraph === n ? [] : [[ended, started]];
      }),
    );
}
