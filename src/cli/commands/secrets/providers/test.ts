import { command, text } from "../../../command.ts";
import { usageError } from "../../../errors.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption, visibilityOption } from "../../../options/common.ts";
import { connectionIn, connectionOption, secretsProviderName, typeFlags } from "./common.ts";

/** `cfy secrets providers test`: one that there is, or one that could be. */
export const test = command({
  name: "test",
  summary: "Try whether the server can reach a secrets provider",
  arguments: { secretsProviderName: { ...secretsProviderName, required: false } },
  options: {
    type: text({ ...typeFlags, default: "" }),
    connectionParameters: connectionOption,
    tenant: tenantOption,
    visibility: { ...visibilityOption, hidden: true },
  },
  examples: [
    ["cfy secrets providers test vault", "one that there is"],
    ["cfy secrets providers test -y vault -c @vault.yaml", "one that could be made"],
  ],
  async run(ctx, { secretsProviderName: name = "", type, connectionParameters, tenant }) {
    if (name === "" && type === "") {
      throw usageError("Which secrets provider?", { hint: "Give its name, or --type and --connection-parameters." });
    }
    const connection = await connectionIn(connectionParameters, ctx.io.stdin);
    await ctx.client({ tenant }).secretsProviders.check({ name, type, connection_parameters: connection });
    await ctx.output.document({ reachable: true }, () => `The server reaches ${name || `this ${type}`}\n`);
    return ExitCode.Ok;
  },
});
