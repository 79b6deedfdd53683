import { deleteSecret, putSecret } from "../../services/secrets/change.ts";
import { objectOf, told, type Work } from "./work.ts";

/** Creates the secrets that a node brings along. @throws Error when there is one of that name, or plugins are asked for */
export async function provideSecrets(work: Work): Promise<void> {
  const { surroundings, job, who, host } = work;
  if (Object.keys(objectOf(told(work, "plugins"))).length > 0) {
    throw new Error("the property plugins is not supported: upload the plugins before, with cfy plugins upload");
  }
  const secrets = Object.entries(objectOf(told(work, "secrets")));
  if (secrets.length === 0) return;
  await surroundings.database.unitOfWork(async (tx) => {
    const taken: string[] = [];
    for (const [key] of secrets) if (await tx.secrets.get(job.tenant, key, ["key"])) taken.push(key);
    if (taken.length > 0) throw new Error(`the secrets ${taken.join(", ")} already exist; they are not changed`);
    for (const [key, value] of secrets) {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      const secret = { value: text, isHidden: false, visibility: "tenant" as const, updateIfExists: false };
      await putSecret(tx, who, surroundings.vault, key, secret);
    }
  });
  for (const [key] of secrets) host.log("info", `Created secret "${key}"`);
}

export async function removeSecrets(work: Work): Promise<void> {
  await deleteSecrets(work, Object.keys(objectOf(told(work, "secrets"))));
}

/** Those that are gone already are gone. */
export async function deleteSecrets({ surroundings, job, who, host }: Work, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const isThere = await surroundings.database.unitOfWork(async (tx) => {
      if (!(await tx.secrets.get(job.tenant, key, ["key"]))) return false;
      await deleteSecret(tx, who, key);
      return true;
    });
    if (isThere) host.log("info", `Removed secret "${key}"`);
  }
}
