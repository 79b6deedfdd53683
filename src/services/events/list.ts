import type { Event } from "../../api/resources.ts";
import { isFinal } from "../../api/statuses.ts";
import type { Repositories, Topic } from "../../storage/index.ts";
import { authorize, type Identity } from "../identity/identity.ts";
import type { RawQuery } from "../queries/list-query.ts";
import { type ParsedEventQuery, parseEventQuery } from "./query.ts";
import { eventView } from "./view.ts";

export interface EventList {
  items: Partial<Event>[];
  metadata: { pagination: { total: number; size: number; offset: number } };
}

export interface EventListing {
  /** What would bring more events. */
  topics: Topic[];
  ask(): Promise<EventList>;
  /** It shows something, or no more will come. */
  isNews(list: EventList): Promise<boolean>;
}

/** One page of events and logs, and when to look at it again. @throws forbidden_error, bad_parameters_error */
export function listEvents(read: Repositories, who: Identity, raw: RawQuery): EventListing {
  authorize(who, "event_list");
  const query = parseEventQuery(who, raw);
  const executions = [...(query.equal?.["execution_id"] ?? [])];
  return {
    topics: executions.map((id): Topic => `execution:${id}`),
    ask: () => page(read, query),
    async isNews({ items }) {
      if (items.length > 0 || executions.length === 0) return true;
      const found = await Promise.all(executions.map((id) => read.executions.get(id)));
      return found.every((execution) => execution === undefined || isFinal(execution.status));
    },
  };
}

async function page(read: Repositories, query: ParsedEventQuery): Promise<EventList> {
  const { size, offset } = query;
  const { items, total } = await read.events.list(query);
  return {
    items: items.map((row) => eventView(row, query.include)),
    metadata: { pagination: { total, size, offset } },
  };
}
