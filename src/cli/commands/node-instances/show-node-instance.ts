import type { NodeInstance } from "../../../api/resources.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { PROPERTY_COLUMNS } from "./columns.ts";

/** A node instance with its properties. */
export async function showNodeInstance(ctx: Context, instance: NodeInstance): Promise<ExitCode> {
  await ctx.output.record(instance, {
    title: "Node-instance:",
    columns: PROPERTY_COLUMNS,
    sections: [
      { title: "Instance runtime properties:", content: instance.runtime_properties ?? {} },
      { title: "Instance system properties:", content: instance.system_properties ?? {} },
    ],
  });
  return ExitCode.Ok;
}
