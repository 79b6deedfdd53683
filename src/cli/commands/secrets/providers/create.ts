import { command, flag, text } from "../../../command.ts";
import { validName } from "../../../inputs/names.ts";
import { tenantOption, visibilityOption } from "../../../options/common.ts";
import { showChanged } from "../../outcome.ts";
import { connectionIn, connectionOption, PROVIDER_COLUMNS, secretsProviderName, typeFlags } from "./common.ts";

/** `cfy secrets providers create` */
export const create = command({
  name: "create",
  summary: "Let another place keep the values of secrets",
  arguments: { secretsProviderName },
  options: {
    type: text({ ...typeFlags, required: true }),
    skipCheck: flag({ flags: ["-s", "--skip-check"], help: "Do not try whether it can be reached" }),
    connectionParameters: connectionOption,
    tenant: tenantOption,
    visibility: visibilityOption,
  },
  columns: PROVIDER_COLUMNS,
  examples: [["cfy secrets providers create vault -y vault -c @vault.yaml", "with how to reach it from a file"]],
  async run(ctx, { secretsProviderName, type, skipCheck, connectionParameters, tenant, visibility }) {
    const name = validName(secretsProviderName, "name of the secrets provider");
    const connection = await connectionIn(connectionParameters, ctx.io.stdin);
    const { secretsProviders } = ctx.client({ tenant });
    const provider = await secretsProviders.create({
      name,
      type,
      connection_parameters: connection,
      visibility,
    });
    if (!skipCheck) {
      ctx.notice(`The secrets provider ${name} is there; trying whether the server reaches it …`);
      await secretsProviders.check({ name, type: "" });
    }
    return showChanged(ctx, `The secrets provider ${name} is created`, provider, {
      title: "Secrets provider:",
      columns: PROVIDER_COLUMNS,
    });
  },
});
