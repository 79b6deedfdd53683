import type { Endpoint } from "../../../client/transport.ts";
import { ask } from "../ask.ts";
import { type Check, ok } from "../check.ts";
import { hostAndPort, type ManagerSubject } from "../subject.ts";

/** Whether what answers is a management server. That it wants to know who asks is an answer, too. */
export const http = ({ ctx }: ManagerSubject, endpoint: Endpoint): Check => ({
  id: "http",
  target: hostAndPort(endpoint),
  async run(signal) {
    const { refusal, askedAt, answeredAt } = await ask(ctx, endpoint, signal);
    const asksWho = refusal && (refusal.status === 401 || refusal.status === 403);
    if (refusal && !asksWho) throw refusal;
    return ok(`answers in ${answeredAt - askedAt} ms`);
  },
});
