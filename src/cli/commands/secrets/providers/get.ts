import { command } from "../../../command.ts";
import { ExitCode } from "../../../exit-code.ts";
import { tenantOption } from "../../../options/common.ts";
import { PROVIDER_COLUMNS, secretsProviderName } from "./common.ts";

const COLUMNS = [...PROVIDER_COLUMNS, { key: "connection_parameters", extended: true }];

/** `cfy secrets providers get` */
export const get = command({
  name: "get",
  summary: "Show a secrets provider",
  arguments: { secretsProviderName },
  options: { tenant: tenantOption },
  columns: COLUMNS,
  examples: [["cfy secrets providers get vault -x", "with how it is reached"]],
  async run(ctx, { secretsProviderName, tenant }) {
    const provider = await ctx.client({ tenant }).secretsProviders.get(secretsProviderName);
    await ctx.output.record(provider, { title: "Secrets provider:", columns: COLUMNS });
    return ExitCode.Ok;
  },
});
