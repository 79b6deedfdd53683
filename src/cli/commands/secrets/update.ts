import { choice, command, flag } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { OFF, ON } from "../../option.ts";
import { tenantOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import { SECRET_COLUMNS } from "./columns.ts";
import { secretKey } from "./kind.ts";
import { givenValue, jsonValue, optionsIn, providerOptions, valueOptions } from "./value.ts";

const hiddenFlag = flag({
  flags: ["--hidden-value"],
  off: ["--not-hidden-value"],
  help: "Show the value to its creator and to admins only, or to all who can see the secret",
});

/** `cfy secrets update` */
export const update = command({
  name: "update",
  summary: "Change a secret",
  arguments: { key: secretKey },
  options: {
    ...valueOptions,
    /** Undefined: as it is. */
    hiddenValue: {
      ...hiddenFlag,
      read: (given: readonly string[]) => ({ [ON]: true, [OFF]: false })[given.at(-1) ?? ""],
    },
    visibility: choice({
      flags: ["-l", "--visibility"],
      choices: ["private", "tenant", "global"],
      help: "Who can see it",
    }),
    ...providerOptions,
    tenant: tenantOption,
  },
  exclusive: [["secretString", "secretFile"]],
  columns: SECRET_COLUMNS,
  examples: [["cfy secrets update db_password -f -", "with a new value from standard input"]],
  async run(ctx, { key, hiddenValue, visibility, tenant, provider, ...given }) {
    const written = await givenValue(given, ctx);
    const change = {
      is_hidden_value: hiddenValue,
      visibility,
      provider_name: provider,
      provider_options: await optionsIn(given.providerOptions, ctx),
    };
    if (written === undefined && Object.values(change).every((value) => value === undefined)) {
      throw usageError("There is nothing to change", {
        hint: "Give the value with -f FILE, -f - or -s TEXT, or --hidden-value, --visibility or --provider.",
      });
    }
    const { secrets, secretsProviders } = ctx.client({ tenant });
    if (provider !== undefined) await secretsProviders.get(provider);
    const { schema } = await secrets.get(key);
    const value = written !== undefined && schema ? jsonValue(written) : written;
    const { provider_options = {}, ...others } = change;
    const secret = await secrets.update(key, { value, provider_options, ...others });
    return showChanged(ctx, `The secret ${key} is changed`, secret, { title: "Secret:", columns: SECRET_COLUMNS });
  },
});
