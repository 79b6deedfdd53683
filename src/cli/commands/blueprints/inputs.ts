import type { JsonObject } from "../../../api/resources.ts";
import { command } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { blueprintId } from "./blueprint-id.ts";

type Input = { name: string } & JsonObject;

const orDash = (key: string): Column<Input> => ({ key, value: (input) => input[key] ?? "-" });
const COLUMNS: readonly Column<Input>[] = [{ key: "name" }, orDash("type"), orDash("default"), orDash("description")];

/** `cfy blueprints inputs` */
export const inputs = command({
  name: "inputs",
  summary: "List the inputs that a blueprint's deployments take",
  arguments: { blueprintId },
  options: { tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy blueprints inputs app", "what may or must be given with -i?"]],
  async run(ctx, { blueprintId, tenant }) {
    ctx.notice(`Retrieving the inputs of blueprint ${blueprintId} …`);
    const { plan } = await ctx.client({ tenant }).blueprints.get(blueprintId);
    const declared = (plan?.inputs ?? {}) as Record<string, JsonObject>;
    const rows = Object.entries(declared).map(([name, input]) => ({ ...input, name }));
    await ctx.output.rows(rows, { title: "Inputs:", columns: COLUMNS });
    return ExitCode.Ok;
  },
});
