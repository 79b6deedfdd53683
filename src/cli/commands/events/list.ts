import type { Event } from "../../../api/resources.ts";
import { argument, command, flag, text } from "../../command.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { EVENT_COLUMNS } from "../../follow/event-columns.ts";
import { followExecution, kinds } from "../../follow/index.ts";
import { eventTexts, type RenderOptions } from "../../follow/renderer.ts";
import { pagingOptions, sortOptions, tenantOption } from "../../options/common.ts";
import { eventOptions } from "../../options/wait.ts";
import { type AskPage, allPages, pageQuery, showList } from "../list-page.ts";
import { followGroup } from "./follow-group.ts";
import { rangeOptions, rangeQuery } from "./range.ts";
import { eventSubject } from "./subject.ts";

/** `cfy events list`: one page of events, or with `--tail` all of them to the execution's end. */
export const list = command({
  name: "list",
  summary: "Show the events and logs of an execution",
  arguments: { executionId: argument({ help: "Id of the execution", required: false, complete: "execution" }) },
  options: {
    executionIdOption: text({
      flags: ["-e", "--execution-id"],
      metavar: "ID",
      help: "The same as the argument",
      hidden: true,
    }),
    executionGroup: text({
      flags: ["-g", "--execution-group"],
      metavar: "ID",
      help: "Those of an execution group",
      complete: "execution-group",
    }),
    tail: flag({ flags: ["--tail"], help: "Follow it to its end" }),
    ...eventOptions,
    ...rangeOptions,
    node: text({
      flags: ["--node"],
      metavar: "ID",
      help: "Only those about this node instance",
      complete: "node-instance",
    }),
    operation: text({ flags: ["--operation"], metavar: "NAME", help: "Only those of this operation" }),
    ...sortOptions("reported_timestamp"),
    tenant: tenantOption,
    ...pagingOptions,
  },
  columns: EVENT_COLUMNS,
  examples: [
    ["cfy events list 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --no-logs", "events only"],
    ["cfy events list 3d4609e8-a1c3-4a21-9b0f-6e0b4f1f7a55 --tail", "and those to come"],
  ],
  async run(ctx, { tail, tenant, ...args }) {
    const client = ctx.client({ tenant });
    const range = rangeQuery(args, ctx.clock.now());
    const subject = await eventSubject(client, args);
    const showing = { jsonOutput: args.jsonOutput, workerNames: args.withWorkerNames, logs: args.includeLogs };
    if (tail && subject.kind === "execution") return await followExecution(ctx, client, subject.execution, showing);
    if (tail && subject.kind === "group") return await followGroup(ctx, client, subject.group, showing);

    ctx.notice(`Listing the events of ${subject.kind} ${subject.id} …`);
    const which = {
      ...(subject.kind === "group" ? { execution_group_id: subject.id } : { execution_id: subject.id }),
      type: kinds({ logs: args.includeLogs }),
      node_id: args.node,
      operation: args.operation,
      _range: range,
    };
    const ask: AskPage<Event> = (query, call) => client.events.page({ ...query, ...which }, call);
    if (isRows(ctx) && !args.jsonOutput) {
      return await showList(ctx, args, ask, { title: "Events:", columns: EVENT_COLUMNS, noun: "events" });
    }
    await tellEvents(ctx, args, ask, { ...showing, group: subject.kind === "group" });
    if (ctx.verbosity < 2) ctx.notice("Debug messages are shown with -vv");
    return ExitCode.Ok;
  },
});

/** One page of events as lines, or with `--all` every one as it comes. */
async function tellEvents(
  ctx: Context,
  paging: Parameters<typeof pageQuery>[0] & { all: boolean },
  ask: AskPage<Event>,
  showing: RenderOptions,
): Promise<void> {
  const query = pageQuery(paging);
  const textOf = eventTexts(ctx, showing);
  const tell = (events: Iterable<Event> | AsyncIterable<Event>): Promise<void> =>
    ctx.output.text(async (stdout) => {
      for await (const event of events) {
        stdout.write(textOf(event));
        await stdout.drained();
      }
    });
  if (paging.all) return await tell(allPages(ctx, query, ask));
  const { items, metadata } = await ask(query, { signal: ctx.signal });
  await tell(items);
  ctx.notice(`Showing ${items.length} of ${metadata.pagination.total} events`);
}

/** Neither lines for people nor JSON lines, which are how events are told. */
const isRows = ({ output }: Context): boolean => !["table", "json", "jsonl"].includes(output.format);
