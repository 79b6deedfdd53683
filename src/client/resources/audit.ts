import type { AuditRecord } from "../../api/manager.ts";
import { DEFAULT_PAGE_SIZE, type Page } from "../../api/paging.ts";
import type { CallOptions, Rest } from "../rest.ts";

/** Its own dialect: no underscores, one field to order by. */
export interface AuditQuery {
  creator_name?: string;
  execution_id?: string;
  since?: string;
  before?: string;
  order_by?: string;
  desc?: boolean;
  offset?: number;
  size?: number;
}

const pageOf = (rest: Rest, query: AuditQuery, options?: CallOptions): Promise<Page<AuditRecord>> =>
  rest.page<AuditRecord>("audit", { ...query }, options);

export const audit = (rest: Rest) => ({
  page: (query: AuditQuery = {}, options?: CallOptions) => pageOf(rest, query, options),
  /** Every record, page after page. */
  async *list({ size = DEFAULT_PAGE_SIZE, offset = 0, ...query }: AuditQuery = {}, options?: CallOptions) {
    for (let at = offset; ; at += size) {
      const { items } = await pageOf(rest, { ...query, size, offset: at }, options);
      yield* items;
      if (items.length < size) return;
    }
  },
  /** Records as they are made. Ends with the signal, or when the server ends it. */
  async *stream(query: Pick<AuditQuery, "creator_name" | "execution_id" | "since"> = {}, options: CallOptions = {}) {
    const { body } = await rest.open("audit/stream", {
      query: { ...query },
      headers: { "Content-type": "text/event-stream" },
      readTimeout: 0,
      ...options,
    });
    const { createInterface } = await import("node:readline");
    for await (const line of createInterface({ input: body })) {
      const text = line.replace(/^data:\s*/, "").trim();
      if (text !== "") yield JSON.parse(text) as AuditRecord;
    }
  },
  /** Forgets what is older. Resolves to how many records that were. */
  truncate: async (
    query: { before: string; creator_name?: string; execution_id?: string },
    options?: CallOptions,
  ): Promise<number> => (await rest.delete<{ deleted: number }>("audit", { query, ...options })).deleted,
});
