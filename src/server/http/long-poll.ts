import type { FastifyReply, FastifyRequest } from "fastify";
import type { Topic } from "../../storage/index.ts";
import type { ServerContext } from "../context.ts";

/** No request is held for longer, whatever it prefers: proxies give up after a minute. */
const MOST_SECONDS = 50;

export interface Held<Answer> {
  /** What would change the answer. */
  topics: readonly Topic[];
  ask(): Promise<Answer>;
  /** There is something to tell, or nothing will ever change: the answer goes out at once. */
  isNews(answer: Answer): boolean | Promise<boolean>;
}

/**
 * Answers a request that may say `Prefer: wait=<seconds>` (RFC 7240). One that does is held while there is no news,
 * until something happens or the time is up; the answer says `Preference-Applied: wait`.
 */
export async function answerWhenNews<Answer>(
  { database, closing }: Pick<ServerContext, "database" | "closing">,
  request: FastifyRequest,
  reply: FastifyReply,
  { topics, ask, isNews }: Held<Answer>,
): Promise<Answer> {
  const seconds = preferredWait(request.headers["prefer"]);
  if (seconds === undefined) return ask();
  reply.header("Preference-Applied", "wait");
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, closing, AbortSignal.timeout(seconds * 1000)]);
  const gone = () => stop.abort();
  reply.raw.once("close", gone);
  try {
    // Subscribed before the first look, so that nothing falls in between.
    const happened = database.changes.wait(topics, signal).catch(() => undefined);
    const answer = await ask();
    if (await isNews(answer)) return answer;
    await happened;
    return await ask();
  } finally {
    reply.raw.off("close", gone);
    stop.abort();
  }
}

/** Seconds of the `wait` preference; undefined when there is none or it makes no sense. */
function preferredWait(header: string | string[] | undefined): number | undefined {
  const found = /(?:^|[,;\s])wait\s*=\s*"?(\d+)"?(?=$|[,;\s])/i.exec([header ?? []].flat().join(","));
  return found ? Math.min(Number(found[1]), MOST_SECONDS) : undefined;
}
