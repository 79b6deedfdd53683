import type { ExecutionGroup as GroupOnTheWire } from "../../api/groups.ts";
import type { Event, Execution } from "../../api/resources.ts";
import type { Client } from "../client.ts";
import { ConnectionError, RestError } from "../errors.ts";
import type { Waited, WaitOptions } from "../rest.ts";
import type { EventPage, EventQuery } from "./event-cursor.ts";
import type { Followed, FollowSource } from "./follow.ts";

const EVENTS_ONLY = ["cloudify_event"] as const satisfies Event["type"][];
const EVENTS_AND_LOGS = ["cloudify_event", "cloudify_log"] as const satisfies Event["type"][];

/** The kinds of rows to ask for: logs are left out when they are not wanted. */
export const kinds = ({ logs }: { logs: boolean }) => (logs ? EVENTS_AND_LOGS : EVENTS_ONLY);

/** A follow tries again by itself, and says so. */
const ONCE = { attempts: 1 };

export interface SourceOptions {
  logs: boolean;
}

export function executionSource(client: Client, id: string, { logs }: SourceOptions): FollowSource<Execution> {
  return {
    subject: (signal) => client.executions.get(id, {}, { signal, ...ONCE }).catch(noneIfMissing),
    events: (query, signal) => readEvents(client, { execution_id: id, type: kinds({ logs }) }, query, signal),
    isTransient,
  };
}

/** How an execution stands, without its events: for those who wait in silence. */
export const executionStatusSource = (client: Client, id: string): FollowSource<Execution> =>
  statusSource((options) => client.executions.poll(id, {}, options));

/** An execution group with its status. */
export interface ExecutionGroup extends Followed {
  workflow_id: string;
  deployment_group_id: string | null;
  concurrency?: number;
}

export const groupNameOf = ({
  id,
  workflow_id,
  deployment_group_id,
}: Pick<ExecutionGroup, "id" | "workflow_id" | "deployment_group_id">): string =>
  `${workflow_id} on group ${deployment_group_id ?? id}`;

/** A group without executions has no status, and nothing to wait for. */
export const withStatus = (group: GroupOnTheWire): ExecutionGroup => ({
  ...group,
  status: group.status ?? "terminated",
});

export const executionGroupStatusSource = (client: Client, id: string): FollowSource<ExecutionGroup> =>
  statusSource(async (options) => {
    const { value, waited } = await client.executionGroups.poll(id, options);
    return { value: withStatus(value), waited };
  });

/** What is looked at with the patience of the server, where it has any; the next look is that same answer. */
function statusSource<Subject extends Followed>(
  poll: (options: WaitOptions) => Promise<Waited<Subject>>,
): FollowSource<Subject> {
  let seen: Subject | undefined;
  let holds = true;
  return {
    silent: true,
    async subject(signal) {
      const known = seen;
      seen = undefined;
      return known ?? (await poll({ signal, ...ONCE }).catch(noneIfMissing))?.value;
    },
    async events({ waitSeconds }, signal) {
      const nothing = { items: [], total: 0, waited: false };
      if (!holds || !waitSeconds) return nothing;
      const answer = await poll({ wait: waitSeconds, signal, ...ONCE }).catch(noneIfMissing);
      holds = answer?.waited ?? false;
      if (holds) seen = answer?.value;
      return { ...nothing, waited: holds };
    },
    isTransient,
  };
}

export function executionGroupSource(
  client: Client,
  id: string,
  { logs }: SourceOptions,
): FollowSource<ExecutionGroup> {
  return {
    subject: (signal) =>
      client.executionGroups
        .get(id, { signal, ...ONCE })
        .then(withStatus)
        .catch(noneIfMissing),
    events: (query, signal) => readEvents(client, { execution_group_id: id, type: kinds({ logs }) }, query, signal),
    isTransient,
  };
}

async function readEvents(
  client: Client,
  filter: { execution_id?: string; execution_group_id?: string; type: readonly Event["type"][] },
  { offset, size, waitSeconds }: EventQuery,
  signal: AbortSignal,
): Promise<EventPage> {
  const { value, waited } = await client.events.poll(
    { _offset: offset, _size: size, ...filter, _sort: "reported_timestamp" },
    { wait: waitSeconds, signal, ...ONCE },
  );
  return { items: value.items, total: value.metadata.pagination.total, waited };
}

function noneIfMissing(error: unknown): undefined {
  if (error instanceof RestError && error.code === "not_found_error") return undefined;
  throw error;
}

/** Credentials, names and certificates do not mend themselves; everything else about a connection may. */
function isTransient(error: unknown): boolean {
  if (error instanceof RestError) return error.status >= 500 || error.status === 429 || error.status === 408;
  return error instanceof ConnectionError && error.kind !== "tls" && error.kind !== "dns";
}
