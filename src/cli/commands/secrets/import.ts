import { readFile } from "node:fs/promises";
import type { ExportedSecret } from "../../../api/secrets.ts";
import type { ImportedSecrets } from "../../../client/resources/secrets.ts";
import { command, flag, path } from "../../command.ts";
import type { Context } from "../../context.ts";
import { CfyError } from "../../errors.ts";
import { ExitCode } from "../../exit-code.ts";
import { fileError } from "../../file-error.ts";
import { tenantOption } from "../../options/common.ts";
import { counted } from "../../output/counted.ts";
import { encryptionOptions, passphraseOf } from "./passphrase.ts";

/** `cfy secrets import`: what `export` wrote. */
export const importSecrets = command({
  name: "import",
  summary: "Keep the secrets of a file",
  options: {
    ...encryptionOptions,
    inputPath: path({
      flags: ["-i", "--input-path"],
      metavar: "FILE",
      required: true,
      help: "The file that was exported",
      complete: "file",
    }),
    overrideCollisions: flag({ flags: ["--override-collisions"], help: "Replace those that there are already" }),
    tenantMap: path({
      flags: ["-m", "--tenant-map"],
      metavar: "FILE",
      help: "A JSON file that says into which tenant each tenant's secrets go",
      complete: "file",
    }),
    tenant: tenantOption,
  },
  exclusive: [["passphrase", "nonEncrypted"]],
  examples: [["cfy secrets import -i /tmp/secrets.json", "asks for the passphrase of the export"]],
  async run(ctx, { inputPath, overrideCollisions, tenantMap, tenant, ...encryption }) {
    const secrets = await readJson<ExportedSecret[]>(inputPath, Array.isArray, "a list of secrets");
    const map =
      tenantMap && (await readJson<Record<string, string>>(tenantMap, isDictionary, "a dictionary of tenants"));
    const passphrase = await passphraseOf(encryption, ctx);
    ctx.notice(`Importing ${counted(secrets.length, "secret")} …`);
    const imported = await ctx.client({ tenant }).secrets.import({
      secrets_list: secrets,
      override_collisions: overrideCollisions,
      ...(map ? { tenant_map: map } : {}),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    return await report(ctx, imported, { overrideCollisions });
  },
});

async function report(
  ctx: Context,
  { colliding_secrets: colliding, secrets_errors: errors }: ImportedSecrets,
  { overrideCollisions }: { overrideCollisions: boolean },
): Promise<ExitCode> {
  const there = Object.entries(colliding).map(([tenant, keys]) => `  ${tenant}: ${keys.join(", ")}`);
  const faults = Object.entries(errors).map(([index, why]) => `  number ${Number(index) + 1}: ${JSON.stringify(why)}`);
  if (faults.length > 0) {
    throw new CfyError("secrets_not_imported", ["The server refused secrets:", ...faults].join("\n"), {
      hint: "Mend them in the file, and import it again.",
    });
  }
  if (there.length > 0 && !overrideCollisions) {
    throw new CfyError(
      "secrets_collide",
      ["Secrets of these keys were there already, and stay as they are:", ...there].join("\n"),
      {
        exit: ExitCode.Conflict,
        hint: "--override-collisions replaces them",
      },
    );
  }
  await ctx.output.document({ overridden: colliding }, () =>
    there.length > 0 ? `The secrets are imported; replaced were:\n${there.join("\n")}\n` : "The secrets are imported\n",
  );
  return ExitCode.Ok;
}

const isDictionary = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

async function readJson<T>(file: string, fits: (value: unknown) => boolean, what: string): Promise<T> {
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw fileError(file, cause);
  });
  const value = parsed(text);
  if (fits(value)) return value as T;
  throw new CfyError("bad_file", `${file} does not hold ${what} as JSON`, {
    hint: "cfy secrets export writes such a file.",
  });
}

/** Undefined when it is no JSON; the parser's words would quote values. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
