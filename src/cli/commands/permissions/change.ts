import type { Client } from "../../../client/index.ts";
import { type Command, command, type Example, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { roleOption } from "./options.ts";

interface Change {
  name: string;
  summary: string;
  example: Example;
  /** What follows the role in the sentence that says it is done. */
  done: string;
  change(client: Client, role: string, permission: string): Promise<unknown>;
}

const changeCommand = ({ name, summary, example, done, change }: Change): Command =>
  command({
    name,
    summary,
    options: {
      role: roleOption,
      permission: text({
        flags: ["--permission"],
        metavar: "PERMISSION",
        help: "What the role may do, as `cfy permissions list` names it",
        complete: "permission",
      }),
    },
    examples: [example],
    async run(ctx, { role, permission }) {
      if (role === undefined) throw usageError("Option --role is required");
      if (permission === undefined)
        throw usageError("Option --permission is required", { hint: "cfy permissions list" });
      await change(ctx.client(), role, permission);
      ctx.output.line(`The role ${role} ${done} the permission ${permission}`);
      ctx.notice("A manager heeds it once its REST service was restarted.");
      return ExitCode.Ok;
    },
  });

/** `cfy permissions allow` */
export const allow = changeCommand({
  name: "allow",
  summary: "Let a role do something",
  example: ["cfy permissions allow --role viewer --permission execution_start", "let viewers start workflows"],
  done: "has",
  change: ({ permissions }, role, permission) => permissions.allow(role, permission),
});

/** `cfy permissions disallow` */
export const disallow = changeCommand({
  name: "disallow",
  summary: "No longer let a role do something",
  example: ["cfy permissions disallow --role viewer --permission execution_start", "viewers only look"],
  done: "no longer has",
  change: ({ permissions }, role, permission) => permissions.disallow(role, permission),
});
