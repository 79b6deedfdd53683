import type { ListQuery, Page } from "../../api/paging.ts";
import type { Event, EventType } from "../../api/resources.ts";
import type { CallOptions, Rest, WaitOptions } from "../rest.ts";

export interface EventQuery extends ListQuery {
  execution_id?: string | string[];
  execution_group_id?: string;
  deployment_id?: string;
  /** Several are repeated on the wire; without one, both kinds come. */
  type?: EventType | readonly EventType[];
  node_id?: string | string[];
  node_instance_id?: string | string[];
  event_type?: string | string[];
  level?: string | string[];
  /** `field,from,to`; either bound may be empty. */
  _range?: string | string[];
}

export const events = (rest: Rest) => ({
  page: (query: EventQuery, options?: CallOptions): Promise<Page<Event>> => rest.page<Event>("events", query, options),
  /** One page; the server may hold the answer until there is something on it. */
  poll: (query: EventQuery, options: WaitOptions) => rest.poll<Page<Event>>("events", query, options),
  /** What is there now, from the first to the last. */
  list: (query: EventQuery, options?: CallOptions) => rest.pages<Event>("events", query, options),
  /** Resolves to how many were deleted. */
  delete: async (query: EventQuery & { deployment_id: string }, options?: CallOptions): Promise<number> => {
    const { items } = await rest.delete<Page<number>>("events", { query, ...options });
    return items[0] ?? 0;
  },
});
