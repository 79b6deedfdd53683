import type { ConfigEntry } from "../../../api/manager.ts";
import type { Json } from "../../../api/resources.ts";
import { RestError } from "../../../client/index.ts";
import { argument, command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { CfyError, usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { readInputs } from "../../inputs/inputs.ts";
import { CONFIG_COLUMNS } from "./columns.ts";

/** `cfy config update` */
export const update = command({
  name: "update",
  summary: "Change settings of the server",
  description: "A name that several parts of the server use takes its scope before it: rest.log_level.",
  arguments: {
    inputs: argument({
      help: "Names and values: name=value, JSON or YAML text, a file, or - for standard input",
      required: false,
      variadic: true,
      complete: "file",
    }),
  },
  columns: CONFIG_COLUMNS,
  examples: [["cfy config update default_page_size=500", "one setting; several as a=1;b=2"]],
  async run(ctx, { inputs }) {
    const wanted = Object.entries(await readInputs(inputs, ctx.io.stdin)) as [string, Json][];
    if (wanted.length === 0) throw usageError("Nothing to change was given", { hint: "cfy config update NAME=VALUE" });
    const { config } = ctx.client();
    const updated: ConfigEntry[] = [];
    for (const [name, value] of wanted) {
      const entry = await config.set(name, value).catch((error: unknown) => {
        throw refusal(error, name);
      });
      updated.push(entry);
      // Not its value, which may be a password.
      ctx.notice(`${name} is changed`);
      tellWhen(ctx, entry);
    }
    await ctx.output.rows(updated, { title: "Config:", columns: CONFIG_COLUMNS });
    return ExitCode.Ok;
  },
});

/** Of what is missing, servers say the name and nothing else. */
function refusal(error: unknown, name: string): unknown {
  if (!(error instanceof RestError && error.status === 404)) return error;
  return new CfyError(error.code, `There is no setting ${name}`, {
    exit: ExitCode.NotFound,
    hint: "cfy config list",
    status: error.status,
    requestId: error.requestId,
    cause: error,
  });
}

function tellWhen(ctx: Context, { scope }: ConfigEntry): void {
  if (scope.includes("mgmtworker")) ctx.notice("  It takes effect when the mgmtworker service was restarted.");
  if (scope.includes("agent")) ctx.notice("  It takes effect for agents installed from now on.");
}
