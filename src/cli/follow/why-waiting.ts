import type { Execution } from "../../api/resources.ts";
import { ACTIVE_STATUSES } from "../../api/statuses.ts";
import type { Client } from "../../client/index.ts";
import type { Context } from "../context.ts";
import { nameOf } from "./outcome.ts";

/** A worker takes up what is pending within a second or two; only what takes longer is worth a word. */
const PATIENCE_MS = 5000;
const LOOK_AGAIN_MS = 10_000;

/** What keeps an execution from running, as a clause about it; undefined when nothing does, or nobody knows yet. */
async function whyWaiting(
  client: Client,
  { id, status, deployment_id, scheduled_for }: Execution,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (status === "scheduled") return scheduled_for ? `is scheduled for ${scheduled_for}` : "is scheduled";
  if (status !== "queued" && status !== "pending") return undefined;

  if (status === "queued" && deployment_id) {
    const [first, ...more] = await active(client, { deployment_id }, signal);
    const others = more.length > 0 ? ` and ${more.length} more` : "";
    if (first && first.id !== id)
      return `is queued behind ${first.workflow_id} (${first.id}, ${first.status})${others}`;
  }
  const maintenance = await client.maintenance.status({ signal, attempts: 1 });
  if (maintenance.status !== "deactivated") {
    return `is ${status}: the server's maintenance mode is ${maintenance.status} (cfy maintenance-mode status)`;
  }
  if (status === "pending") return "is pending: no worker has taken it up yet";
  const system = (await active(client, {}, signal)).find((other) => other.is_system_workflow && other.id !== id);
  if (system) return `is queued behind ${system.workflow_id} of the whole server (${system.id}, ${system.status})`;
  return "is queued: as many executions run as may run at a time";
}

async function active(
  client: Client,
  narrowed: { deployment_id?: string },
  signal: AbortSignal | undefined,
): Promise<Execution[]> {
  const { items } = await client.executions.page(
    {
      ...narrowed,
      status: [...ACTIVE_STATUSES],
      _include_system_workflows: true,
      _include: ["id", "workflow_id", "status", "is_system_workflow"],
      _sort: "created_at",
    },
    { signal, attempts: 1 },
  );
  return items;
}

/** Says on stderr why an execution does not run yet, each reason once, as long as it does not. */
export class WaitingNotices {
  #looking = new AbortController();
  #status: string | undefined;
  #told: string | undefined;

  constructor(
    private readonly ctx: Context,
    private readonly client: Client,
  ) {}

  seen(execution: Execution, say: (text: string) => void): void {
    if (execution.status === this.#status || !this.#heard) return;
    this.#status = execution.status;
    this.stop();
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    this.#look(execution, say, signal).catch((error: unknown) => {
      // A reason that cannot be read is no reason to stop waiting.
      if (!signal.aborted) this.ctx.verbose(1, `why it waits cannot be read: ${error}`);
    });
  }

  /** False: notices are not written, so nothing is asked for them. */
  get #heard(): boolean {
    return this.ctx.verbosity >= 0 && this.ctx.output.format === "table";
  }

  stop(): void {
    this.#looking.abort();
  }

  async #look(execution: Execution, say: (text: string) => void, signal: AbortSignal): Promise<void> {
    if (execution.status === "pending") await this.ctx.clock.sleep(PATIENCE_MS, signal);
    for (;;) {
      const reason = await whyWaiting(this.client, execution, signal);
      if (reason === undefined || signal.aborted) return;
      if (reason !== this.#told) say(`${nameOf(execution)} ${reason}`);
      this.#told = reason;
      if (execution.status === "scheduled") return;
      await this.ctx.clock.sleep(LOOK_AGAIN_MS, signal);
    }
  }
}

/** Why a group does not go on, when its own setting keeps it from it. */
export const whyPaused = ({ id, concurrency }: { id: string; concurrency?: number }): string | undefined =>
  concurrency === 0
    ? `starts no more executions: its concurrency is 0 (cfy executions groups set-concurrency ${id} N)`
    : undefined;
