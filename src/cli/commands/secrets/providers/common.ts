import type { JsonObject } from "../../../../api/resources.ts";
import type { SecretsProvider } from "../../../../api/secrets.ts";
import { argument, text } from "../../../command.ts";
import { readInputs } from "../../../inputs/inputs.ts";
import type { InputStream } from "../../../io.ts";
import type { Column } from "../../../output/column.ts";

export const PROVIDER_COLUMNS: readonly Column<SecretsProvider>[] = [
  { key: "name" },
  { key: "type" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
  { key: "created_at" },
];

export const secretsProviderName = argument({ help: "Name of the secrets provider", complete: "secrets-provider" });

export const typeFlags = {
  flags: ["-y", "--type"],
  metavar: "TYPE",
  help: "What it is, as vault",
  suggestions: ["vault"],
} as const;

export const connectionOption = text({
  flags: ["-c", "--connection-parameters"],
  metavar: "PARAMETERS",
  multiple: true,
  help: "How the server reaches it: key=value, JSON or YAML text, or a file",
  complete: "file",
});

/** Undefined when there are none. */
export async function connectionIn(given: readonly string[], stdin: InputStream): Promise<JsonObject | undefined> {
  const parameters = (await readInputs(given, stdin)) as JsonObject;
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}
