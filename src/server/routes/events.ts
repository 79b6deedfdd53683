import { deleteEvents } from "../../services/events/delete.ts";
import { listEvents } from "../../services/events/list.ts";
import { storeEvents } from "../../services/events/store.ts";
import type { RawQuery } from "../../services/queries/list-query.ts";
import { badParameters } from "../../services/refusal.ts";
import type { Routes } from "../context.ts";
import { GroupCommit } from "../group-commit.ts";
import { answerWhenNews } from "../http/long-poll.ts";

export const eventRoutes: Routes = (app, context) => {
  const { database } = context;
  // Workflows tell of themselves line by line.
  const commits = new GroupCommit(database);

  app.get("/events", async (request, reply) =>
    answerWhenNews(context, request, reply, listEvents(database.read, request.identity, request.query as RawQuery)),
  );

  app.post("/events", async (request, reply) => {
    const given = eventsIn(request.body);
    const stored = await commits.run((tx) => storeEvents(tx, request.identity, given));
    if (stored === 0) return reply.code(204).send();
    return reply.code(201).type("application/json").send("null");
  });

  app.delete("/events", async (request) => {
    const query = request.query as RawQuery;
    const removed = await database.unitOfWork((tx) => deleteEvents(tx, request.identity, query));
    return { items: [removed], metadata: { pagination: { total: removed } } };
  });
};

function eventsIn(body: unknown) {
  if (!isDocument(body)) throw badParameters("The request body must be a JSON object");
  const { events, logs, execution_id, execution_group_id, manager_name, agent_name } = body;
  return {
    events: documents("events", events),
    logs: documents("logs", logs),
    executionId: name("execution_id", execution_id),
    executionGroupId: name("execution_group_id", execution_group_id),
    managerName: name("manager_name", manager_name),
    agentName: name("agent_name", agent_name),
  };
}

const isDocument = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function documents(key: string, value: unknown): Record<string, unknown>[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isDocument)) return value;
  throw badParameters(`${key} must be a list of objects`);
}

function name(key: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  throw badParameters(`${key} must be a text`);
}
