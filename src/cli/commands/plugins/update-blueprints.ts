import type { PluginsUpdate } from "../../../api/archives.ts";
import type { Blueprint } from "../../../api/resources.ts";
import { type Client, RestError } from "../../../client/index.ts";
import type { UpdatePlugins } from "../../../client/resources/plugins.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { awaitExecution, exitCodeOf, followExecution } from "../../follow/index.ts";
import type { Column } from "../../output/column.ts";
import { sentOnce } from "../../sent-once.ts";
import { showStarted } from "../executions/show-started.ts";

interface Showing {
  logs: boolean;
  jsonOutput: boolean;
  /** Seconds for each execution; 0: no limit. */
  timeout: number;
  /** Start them, and do not wait. */
  detach: boolean;
}

/** Moves the deployments of one blueprint, following the execution that does it. */
export async function updateOneBlueprint(
  ctx: Context,
  { id, tenant }: { id: string; tenant: string | undefined },
  request: UpdatePlugins,
  showing: Showing,
): Promise<ExitCode> {
  const client = ctx.client({ tenant });
  ctx.notice(`Updating the plugins of the deployments of blueprint ${id} …`);
  const update = await startUpdate(ctx, client, id, request);
  if (!update.execution_id) {
    ctx.output.line(`The plugins of blueprint ${id} need no update`);
    return ExitCode.Ok;
  }
  const execution = await client.executions.get(update.execution_id);
  const code = showing.detach
    ? await showStarted(ctx, execution)
    : await followExecution(ctx, client, execution, showing);
  ctx.notice(`  cfy plugins get-update ${update.id}`);
  return code;
}

/** Starts an update, or finds it when the answer was lost. */
const startUpdate = (
  ctx: Context,
  client: Client,
  blueprintId: string,
  request: UpdatePlugins,
): Promise<PluginsUpdate> =>
  sentOnce(ctx, {
    doing: `updating the plugins of ${blueprintId}`,
    send: () => client.pluginsUpdates.start(blueprintId, request, { signal: ctx.signal }),
    async find(since) {
      const query = { blueprint_id: blueprintId, _sort: "-created_at", _size: 1 };
      const { items } = await client.pluginsUpdates.page(query);
      return items.find(({ created_at }) => created_at >= since);
    },
    look: "cfy plugins history",
  });

interface Outcome {
  blueprint_id: string;
  tenant_name: string;
  execution_id: string | null;
  status: string;
  error: string | null;
}

const COLUMNS: readonly Column<Outcome>[] = [
  { key: "blueprint_id" },
  { key: "tenant_name", whole: true, priority: 0 },
  { key: "execution_id" },
  { key: "status" },
  { key: "error" },
];

interface Which {
  tenant: string | undefined;
  allTenants: boolean;
  except: readonly string[];
}

/** Moves those of many blueprints, one after the other; what fails does not stop the rest. */
export async function updateBlueprints(
  ctx: Context,
  which: Which,
  request: UpdatePlugins,
  showing: Showing,
): Promise<ExitCode> {
  const outcomes: Outcome[] = [];
  for await (const blueprint of blueprintsOf(ctx, which)) {
    outcomes.push(await updated(ctx, blueprint, request, showing));
    ctx.signal.throwIfAborted();
  }
  await ctx.output.rows(outcomes, { title: "Plugins updates:", columns: COLUMNS });
  const failed = outcomes.filter(({ status }) => exitCodeOf(status) !== ExitCode.Ok).length;
  if (failed > 0) ctx.warn(`${failed} of ${outcomes.length} blueprints were not updated`);
  return failed > 0 ? ExitCode.Failed : ExitCode.Ok;
}

async function* blueprintsOf(ctx: Context, { tenant, allTenants, except }: Which): AsyncGenerator<Blueprint> {
  const { blueprints } = ctx.client({ tenant });
  for (let offset = 0; ; ) {
    const query = { _sort: ["tenant_name", "created_at"], _all_tenants: allTenants, _offset: offset };
    const { items, metadata } = await blueprints.page(query);
    yield* items.filter(({ id }) => !except.includes(id));
    const { size } = metadata.pagination;
    if (size === 0 || items.length < size) return;
    offset += size;
  }
}

async function updated(ctx: Context, blueprint: Blueprint, request: UpdatePlugins, showing: Showing): Promise<Outcome> {
  const { id: blueprint_id, tenant_name } = blueprint;
  const outcome = { blueprint_id, tenant_name, execution_id: null, error: null };
  ctx.notice(`Updating the plugins of the deployments of blueprint ${blueprint_id} (${tenant_name}) …`);
  const client = ctx.client({ tenant: tenant_name });
  try {
    const { execution_id } = await startUpdate(ctx, client, blueprint_id, request);
    if (!execution_id) return { ...outcome, status: "unchanged" };
    const execution = await client.executions.get(execution_id);
    if (showing.detach) return { ...outcome, execution_id, status: execution.status };
    // Events and rows would not make one document.
    const showEvents = ctx.output.format === "table";
    const end = await awaitExecution(ctx, client, execution, { ...showing, showEvents });
    if (end.kind !== "ended") return { ...outcome, execution_id, status: end.kind };
    const { status, error } = end.subject;
    return { ...outcome, execution_id, status, error };
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { ...outcome, status: "failed", error: error.message };
  }
}
