import { command } from "../command.ts";
import { ExitCode } from "../exit-code.ts";
import { surfaceOf } from "../help/surface.ts";
import { root } from "./index.ts";

/** `cfy commands`: the whole command tree for programs. */
export const commands = command({
  name: "commands",
  summary: "Print every command with its arguments and options",
  hidden: true,
  addition: true,
  async run(ctx) {
    const surface = await surfaceOf(root);
    await ctx.output.document(surface, () => surface.map(({ path }) => `${path}\n`).join(""));
    return ExitCode.Ok;
  },
});
