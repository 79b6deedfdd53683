import type { JsonObject } from "../../../api/resources.ts";
import { command, flag, text } from "../../command.ts";
import { usageError } from "../../errors.ts";
import { readInputs } from "../../inputs/inputs.ts";
import { validName } from "../../inputs/names.ts";
import { tenantOption, visibilityOption } from "../../options/common.ts";
import { showChanged } from "../outcome.ts";
import { SECRET_COLUMNS } from "./columns.ts";
import { secretKey } from "./kind.ts";
import { givenValue, jsonValue, optionsIn, providerOptions, valueOptions } from "./value.ts";

/** `cfy secrets create` */
export const create = command({
  name: "create",
  summary: "Keep a secret",
  description: "Without --secret-string and --secret-file the value is asked for, and not shown while it is typed.",
  arguments: { key: secretKey },
  options: {
    ...valueOptions,
    updateIfExists: flag({ flags: ["-u", "--update-if-exists"], help: "Replace the value if there is one" }),
    visibility: visibilityOption,
    hiddenValue: flag({ flags: ["--hidden-value"], help: "Show the value to its creator and to admins only" }),
    schema: text({
      flags: ["--schema"],
      metavar: "SCHEMA",
      help: "A JSON schema that the value, then JSON, must fit; or a file",
    }),
    dict: flag({ flags: ["--dict"], help: "The value is a JSON object" }),
    list: flag({ flags: ["--list"], help: "The value is a JSON list" }),
    ...providerOptions,
    tenant: tenantOption,
  },
  exclusive: [
    ["secretString", "secretFile"],
    ["schema", "dict", "list"],
  ],
  columns: SECRET_COLUMNS,
  examples: [
    ["cfy secrets create db_password", "asks for the value"],
    ["cfy secrets create tls_key -f key.pem --hidden-value", "from a file"],
  ],
  async run(ctx, { key, updateIfExists, visibility, hiddenValue, tenant, provider, schema, dict, list, ...given }) {
    const name = validName(key, "secret key");
    const shape = await schemaOf(
      { schema, dict, list },
      (text) => readInputs([text], ctx.io.stdin) as Promise<JsonObject>,
    );
    const written = (await givenValue(given, ctx)) ?? (provider === undefined ? await asked() : undefined);
    const request = {
      value: written !== undefined && shape ? jsonValue(written) : written,
      update_if_exists: updateIfExists,
      is_hidden_value: hiddenValue,
      visibility,
      schema: shape,
      provider_name: provider,
      provider_options: filled(await optionsIn(given.providerOptions, ctx)),
    };
    const secret = await ctx.client({ tenant }).secrets.create(name, request);
    return showChanged(ctx, `The secret ${key} is kept`, secret, { title: "Secret:", columns: SECRET_COLUMNS });

    async function asked(): Promise<string> {
      const value = await ctx.prompt.secret(`Value of ${key}:`, "Give the value with -f FILE, -f - or -s TEXT.");
      if (value === "") throw usageError("The value is empty");
      return value;
    }
  },
});

const filled = (options: JsonObject | undefined): JsonObject | undefined =>
  options && Object.keys(options).length > 0 ? options : undefined;

interface Shape {
  schema: string | undefined;
  dict: boolean;
  list: boolean;
}

async function schemaOf(
  { schema, dict, list }: Shape,
  read: (text: string) => Promise<JsonObject>,
): Promise<JsonObject | undefined> {
  if (schema !== undefined) return await read(schema);
  if (dict) return { type: "object" };
  return list ? { type: "array" } : undefined;
}
