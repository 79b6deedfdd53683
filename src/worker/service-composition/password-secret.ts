import { randomInt } from "node:crypto";
import { putSecret } from "../../services/secrets/change.ts";
import { deleteSecrets } from "./belongings.ts";
import { type ServiceOperation, store, textOf, told, type Work } from "./work.ts";

const UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALPHABETS: Readonly<Record<string, string>> = {
  uppercase: UPPERCASE,
  lowercase: UPPERCASE.toLowerCase(),
  digits: "0123456789",
  symbols: " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
};
const DEFAULT_LENGTH = 8;
const SHORTEST = 6;

/** How long, and of each group of characters how many at least; -1 leaves the group out. */
interface Requirements {
  length: number;
  least: Record<string, number>;
}

function requirements(work: Work): Requirements {
  const number = (key: string, absent: number) => Number(told(work, key) ?? absent);
  const least = Object.fromEntries(Object.keys(ALPHABETS).map((group) => [group, number(group, 0)]));
  return { length: number("length", DEFAULT_LENGTH), least };
}

/** @throws Error when no password can be like that */
export const validateCreation: ServiceOperation = async (work) => {
  refuseImpossible(requirements(work));
  return true;
};

function refuseImpossible({ length, least }: Requirements): void {
  const counts = Object.values(least);
  if (length < SHORTEST) throw new Error(`password length is required to be at least ${SHORTEST} characters`);
  if (counts.some((count) => count < -1)) {
    throw new Error("illegal character group length provided: 0 or more, or -1 for not using this character group");
  }
  if (counts.every((count) => count === -1)) throw new Error("at least one character group should be used");
  if (sum(counts.filter((count) => count > 0)) > length) {
    throw new Error("lengths of required character groups are larger than the password length");
  }
}

/** Makes a password and keeps it as a secret; the node knows only the secret's name. */
export const createPassword: ServiceOperation = async (work) => {
  const { surroundings, job, who, host, subject } = work;
  const wanted = requirements(work);
  refuseImpossible(wanted);
  const asked = textOf(told(work, "secret_name"));
  const key = asked ?? `ps_${job.deployment.id}_${subject.instance.id}`;
  const known = { secret_name: key, password: { get_secret: key } };
  const takesExisting = told(work, "use_secret_if_exists") === true;
  if (takesExisting && asked === undefined) throw new Error("use_secret_if_exists needs a secret_name");
  const isThere = (await surroundings.database.read.secrets.get(job.tenant, key, ["key"])) !== undefined;
  if (isThere && takesExisting) {
    host.log("info", `Using existing password from secret \`${key}\``);
    await store(work, known);
    return true;
  }
  // Made by an attempt before this one.
  if (subject.instance.runtimeProperties["password"] !== undefined) return true;
  const secret = { value: password(wanted), isHidden: false, visibility: "tenant" as const, updateIfExists: false };
  await surroundings.database.unitOfWork(async (tx) => {
    await putSecret(tx, who, surroundings.vault, key, secret);
    const row = await tx.nodeInstances.get(job.tenant, subject.instance.id);
    const runtime_properties = { ...row?.runtime_properties, ...known };
    await tx.nodeInstances.update(job.tenant, subject.instance.id, "any", { runtime_properties });
  });
  host.log("info", "Created password secret.");
  return true;
};

function password({ length, least }: Requirements): string {
  const groups = Object.entries(least).filter(([, count]) => count >= 0);
  const required = groups.flatMap(([group, count]) =>
    Array.from({ length: count }, () => oneOf(ALPHABETS[group] ?? "")),
  );
  const all = groups.map(([group]) => ALPHABETS[group] ?? "").join("");
  const rest = Array.from({ length: length - required.length }, () => oneOf(all));
  return shuffled([...required, ...rest]).join("");
}

const oneOf = (characters: string): string => characters[randomInt(characters.length)] ?? "";

function shuffled(characters: string[]): string[] {
  const left = [...characters];
  return characters.map(() => left.splice(randomInt(left.length), 1)[0] ?? "");
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export const deletePassword: ServiceOperation = async (work) => {
  const key = textOf(work.subject.instance.runtimeProperties["secret_name"]);
  if (key !== undefined) await deleteSecrets(work, [key]);
  await store(work, {}, ["password", "secret_name"]);
  return null;
};
