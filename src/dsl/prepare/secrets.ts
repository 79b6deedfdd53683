import { classError } from "../errors.ts";
import { visitCalls } from "../functions/validate.ts";
import { at } from "../path.ts";
import type { DeploymentSite } from "./deployment-sites.ts";

/** Whether a secret of that name exists for whoever creates the deployment. */
export type SecretExists = (name: string) => boolean | Promise<boolean>;

/**
 * Looks up every secret that is named literally.
 * @throws DslError UnknownSecretError (all that are missing), UnsupportedGetSecretError (there is nowhere to look)
 */
export async function verifySecrets(sites: readonly DeploymentSite[], exists: SecretExists | undefined): Promise<void> {
  const names = new Set<string>();
  for (const { value, identifier } of sites) {
    visitCalls(value, at(null, identifier), (name, argument) => {
      const secret = Array.isArray(argument) ? argument[0] : argument;
      if (name === "get_secret" && typeof secret === "string") names.add(secret);
    });
  }
  if (names.size === 0) return;
  if (!exists) {
    throw classError(
      "UnsupportedGetSecretError",
      `there are no secrets here, and the blueprint asks for ${[...names].join(", ")}`,
    );
  }
  const missing: string[] = [];
  for (const name of names) if (!(await exists(name))) missing.push(name);
  if (missing.length === 0) return;
  throw classError("UnknownSecretError", `these secrets do not exist: ${missing.join(", ")}`, {
    hint: missing.map((name) => `cfy secrets create ${name}`).join("; "),
  });
}
