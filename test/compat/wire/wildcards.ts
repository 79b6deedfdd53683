import type { Recording } from "./recording.ts";

/** What a client makes up itself and so cannot be the same twice. */
export interface Wildcards {
  /** Ids that stand in the command line or in an answer: these must be the same. */
  known: ReadonlySet<string>;
  /** The command line speaks of a time from now: moments then differ. */
  relativeTime: boolean;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const MOMENT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?/g;
/** The time in the id of a blueprint that is uploaded to update a deployment. */
const DATED_ID = /-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}-\d{2}/g;

export function wildcardsOf({ argv, exchanges }: Recording): Wildcards {
  const known = new Set(argv.join(" ").match(UUID) ?? []);
  for (const { method, path, query, body, response } of exchanges) {
    const sent = JSON.stringify([method, path, query, body]);
    const made = new Set((sent.match(UUID) ?? []).filter((id) => !known.has(id)));
    for (const id of JSON.stringify(response ?? null).match(UUID) ?? []) if (!made.has(id)) known.add(id);
  }
  return { known, relativeTime: /\bago\b/.test(argv.join(" ")) };
}

/** The text with everything that a client makes up replaced by what it is. */
export function generalised(text: string, { known, relativeTime }: Wildcards): string {
  const named = text.replace(UUID, (id) => (known.has(id) ? id : "<new id>")).replace(DATED_ID, "-<time>");
  return relativeTime ? named.replace(MOMENT, "<time>") : named;
}
