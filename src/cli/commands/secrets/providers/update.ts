import { command, text } from "../../../command.ts";
import { tenantOption, visibilityOption } from "../../../options/common.ts";
import { showChanged } from "../../outcome.ts";
import { connectionIn, connectionOption, PROVIDER_COLUMNS, secretsProviderName, typeFlags } from "./common.ts";

/** `cfy secrets providers update` */
export const update = command({
  name: "update",
  summary: "Change how a secrets provider is reached",
  arguments: { secretsProviderName },
  options: {
    type: text(typeFlags),
    connectionParameters: connectionOption,
    tenant: tenantOption,
    visibility: visibilityOption,
  },
  columns: PROVIDER_COLUMNS,
  examples: [["cfy secrets providers update vault -c token=s.1234", "with another token"]],
  async run(ctx, { secretsProviderName: name, type, connectionParameters, tenant, visibility }) {
    const connection = await connectionIn(connectionParameters, ctx.io.stdin);
    const provider = await ctx.client({ tenant }).secretsProviders.update(name, {
      type,
      connection_parameters: connection ?? {},
      visibility,
    });
    return showChanged(ctx, `The secrets provider ${name} is changed`, provider, {
      title: "Secrets provider:",
      columns: PROVIDER_COLUMNS,
    });
  },
});
