import { writePrivateFile } from "../../../lib/private-file.ts";
import { choice, command, path, text } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { allTenantsOption, tenantOption } from "../../options/common.ts";
import { counted } from "../../output/counted.ts";
import { encryptionOptions, passphraseOf } from "./passphrase.ts";

/** `cfy secrets export`: keys and values into a file that `import` reads. Only its owner can read the file. */
export const exportSecrets = command({
  name: "export",
  summary: "Write secrets into a file",
  options: {
    ...encryptionOptions,
    visibility: choice({
      flags: ["-l", "--visibility"],
      choices: ["private", "tenant", "global"],
      help: "Only those of this visibility",
    }),
    tenant: tenantOption,
    allTenants: allTenantsOption,
    filterBy: text({ flags: ["--filter-by"], metavar: "TEXT", help: "Only those whose key contains this" }),
    outputPath: path({
      flags: ["-o", "--output-path"],
      metavar: "FILE",
      default: "secrets.json",
      help: "The file to write",
      complete: "file",
    }),
  },
  exclusive: [["passphrase", "nonEncrypted"]],
  examples: [["cfy secrets export -o /tmp/secrets.json", "encrypted with a passphrase that is asked for"]],
  async run(ctx, { visibility, tenant, allTenants, filterBy, outputPath, ...encryption }) {
    const passphrase = await passphraseOf(encryption, ctx);
    const exported = await ctx.client({ tenant }).secrets.export({
      _passphrase: passphrase,
      _all_tenants: allTenants,
      _search: filterBy,
      visibility,
    });
    await writePrivateFile(outputPath, `${JSON.stringify(exported, null, 2)}\n`);
    await ctx.output.document(
      { file: outputPath, secrets: exported.length },
      () => `Saved ${counted(exported.length, "secret")} as ${outputPath}\n`,
    );
    return ExitCode.Ok;
  },
});
