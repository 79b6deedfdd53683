import { newProfile, type Profile } from "./profile.ts";

/** Reads `context.json`. What an older version did not write yet has its default. */
export function parseContext(name: string, text: string): Profile {
  return profileFrom(name, mapping(JSON.parse(text)));
}

/** Reads the YAML file that versions before `context.json` wrote: one tagged mapping, some names with an underscore before. */
export async function parseOldContext(name: string, text: string): Promise<Profile> {
  const { parse } = await import("yaml");
  const fields = Object.entries(mapping(parse(text, { logLevel: "silent" }) ?? {}));
  const { profile_name: _, ...found } = Object.fromEntries(
    fields.map(([key, value]) => [key.replace(/^_/, ""), value]),
  );
  return profileFrom(name, found);
}

function mapping(found: unknown): Record<string, unknown> {
  if (typeof found === "object" && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  throw new Error("it is not a mapping");
}

function profileFrom(name: string, found: Record<string, unknown>): Profile {
  const profile: Profile = { ...newProfile(name), ...found, name };
  return {
    ...profile,
    rest_port: Number(profile.rest_port),
    // Early clusters were a plain list of their managers.
    cluster: Array.isArray(profile.cluster) ? { manager: profile.cluster } : (profile.cluster ?? {}),
  };
}

/** The text of `context.json`: sorted keys, four spaces, as every version writes it. */
export const contextText = (profile: Profile): string => `${JSON.stringify(sorted(profile), null, 4)}\n`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
