import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { auditRecord, listAudit, truncateAudit } from "../../services/audit/read.ts";
import { parseBoolean } from "../../services/booleans.ts";
import { authorize } from "../../services/identity/identity.ts";
import { last, type RawQuery } from "../../services/queries/list-query.ts";
import type { AuditQuery, AuditRow } from "../../storage/index.ts";
import type { Routes, ServerContext } from "../context.ts";

const anyTenant = { config: { anyTenant: true } };
const FIELDS = ["id", "ref_table", "ref_id", "operation", "creator_name", "execution_id", "created_at"] as const;
const DEFAULT_SIZE = 100;
/** So many records are read at once for a stream. */
const CHUNK = 500;

/** A query that is not understood; this resource has always told of it in a form of its own. */
class Unprocessable extends Error {
  readonly key: string;
  readonly type: string;
  constructor(key: string, message: string, type: string) {
    super(message);
    this.key = key;
    this.type = type;
  }
}

/** Who changed what, when. */
export const auditRoutes: Routes = (app, context) => {
  const { database } = context;
  app.register(async (audit) => {
    const refuse = audit.errorHandler;
    audit.setErrorHandler((error: Error, request, reply) => {
      if (!(error instanceof Unprocessable)) return refuse.call(audit, error as never, request, reply);
      const { key, message: msg, type } = error;
      return reply.code(422).send({ detail: [{ loc: ["query", key], msg, type }] });
    });
    audit.get("/audit", anyTenant, ({ identity, query }) => {
      const asked = query as RawQuery;
      const page = { offset: count(asked, "offset", 0), size: count(asked, "size", DEFAULT_SIZE) };
      return listAudit(database.read, identity, { ...filterIn(asked), ...orderIn(asked), ...page });
    });
    audit.get("/audit/stream", anyTenant, (request, reply) => {
      authorize(request.identity, "audit_log_view");
      return stream(context, reply, filterIn(request.query as RawQuery));
    });
    audit.delete("/audit", anyTenant, ({ identity, query }) => {
      const { before, ...filter } = filterIn(query as RawQuery);
      if (before === undefined) throw new Unprocessable("before", "field required", "value_error.missing");
      return database.unitOfWork((tx) => truncateAudit(tx, identity, { ...filter, before }));
    });
  });
};

function filterIn(query: RawQuery): AuditQuery {
  const [creatorName, executionId] = [last(query["creator_name"]), last(query["execution_id"])];
  const [since, before] = [moment(query, "since"), moment(query, "before")];
  return {
    ...(creatorName ? { creatorName } : {}),
    ...(executionId ? { executionId } : {}),
    ...(since ? { since } : {}),
    ...(before ? { before } : {}),
  };
}

function orderIn(query: RawQuery): AuditQuery {
  const orderBy = FIELDS.find((field) => field === (last(query["order_by"]) ?? "created_at"));
  if (!orderBy) throw new Unprocessable("order_by", `not one of ${FIELDS.join(", ")}`, "value_error");
  return { orderBy, descending: parseBoolean(last(query["desc"]) ?? "false", "desc") };
}

function moment(query: RawQuery, key: string): string | undefined {
  const text = last(query[key]);
  if (!text) return undefined;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) || !/\d[T ]\d/.test(text) ? text : `${text.replace(" ", "T")}Z`;
  const parsed = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(parsed)) throw new Unprocessable(key, "invalid datetime format", "value_error.datetime");
  return new Date(parsed).toISOString();
}

function count(query: RawQuery, key: string, absent: number): number {
  const text = last(query[key]);
  if (text === undefined) return absent;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Unprocessable(key, "value is not a valid integer", "type_error.integer");
}

/** What there is, and then what comes, as it comes, until the caller hangs up. */
function stream({ database, closing }: ServerContext, reply: FastifyReply, filter: AuditQuery): FastifyReply {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing]);
  async function* records() {
    let afterId = 0;
    while (!signal.aborted) {
      const happened = database.changes.wait(["audit"], signal).catch(() => undefined);
      for (;;) {
        const { items } = await database.read.auditLog.list({ ...filter, afterId, orderBy: "id", size: CHUNK });
        if (items.length > 0) yield items.map(line).join("");
        afterId = items.at(-1)?.id ?? afterId;
        if (items.length < CHUNK) break;
      }
      await happened;
    }
  }
  return reply.type("text/event-stream").send(Readable.from(records()));
}

const line = (row: AuditRow): string => `${JSON.stringify(auditRecord(row))}\n\n`;
