import type { Recording } from "./wire/recording.ts";

/** A way in which recorded runs and ours differ on purpose. */
export interface Deviation {
  reason: string;
  /** The recordings that it is about: by what is in them, so that it holds for those made later too. */
  appliesTo(recording: Recording): boolean;
  /** Exit codes that are right here, whatever was recorded. */
  exits?: readonly number[];
  /** Differences between the requests that it accounts for. */
  requests?: RegExp;
  /** Differences in the printed JSON that it accounts for. */
  answers?: RegExp;
}

/** Run in the original's local mode, which knows no server. */
const isLocal = ({ profile, exchanges }: Recording): boolean => profile === "loc" && exchanges.length === 0;

const isCommand = ({ argv }: Recording, ...words: string[]): boolean =>
  words.every((word, index) => argv[index + 1] === word);

export const DEVIATIONS: readonly Deviation[] = [
  {
    reason: "An execution that has ended is told from its first event on; the original tells nothing of it.",
    appliesTo: (recording) =>
      isCommand(recording, "events", "list") &&
      recording.argv.includes("--tail") &&
      !recording.exchanges.some(({ path }) => path.endsWith("/events")),
    requests: /^not recorded: GET \/api\/v3.1\/events\?/,
  },
  {
    reason: "A path that leads nowhere is a mistake; the original takes it for a repository on GitHub.",
    appliesTo: ({ argv, exchanges }) =>
      exchanges.some(
        ({ body }) =>
          body !== null &&
          "text" in body &&
          argv.some((word) => /\.ya?ml$/.test(word) && body.text.includes(`https://github.com/${word}/archive`)),
      ),
    exits: [5],
    requests: /^not sent: /,
  },
  {
    reason: "The environment goes before the profile; the original refuses to choose.",
    appliesTo: ({ env, exit_code, exchanges }) =>
      exit_code === 1 && exchanges.length === 0 && Object.keys(env).some((name) => name.startsWith("CLOUDIFY_")),
    exits: [0, 1, 4],
    requests: /^not recorded: GET /,
  },
  {
    reason: "Schedules are counted by one field; the original also asks for one by which no server counts them.",
    appliesTo: (recording) => isCommand(recording, "deployments", "schedule", "summary"),
    exits: [0, 1],
    requests: /summary\/execution_schedules/,
  },
  {
    reason:
      "The built-in types are part of cfy; the recorded program could not reach them and found every blueprint invalid.",
    appliesTo: (recording) => isCommand(recording, "blueprints", "validate"),
    exits: [0, 1],
  },
  {
    reason:
      "In local mode, too, the recorded program could not reach the built-in types; here what it could not initialise is there, and can be worked on.",
    appliesTo: (recording) => isLocal(recording) && recording.exit_code === 1,
    exits: [0, 5],
  },
  {
    reason: "The server writes down when a node was checked and how often an instance was changed.",
    appliesTo: (recording) => isLocal(recording) && isCommand(recording, "node-instances"),
    answers: /\/(system_properties|version)\b/,
  },
  {
    reason:
      "The audit log takes relative times too; the original sends them as they are, and the manager refuses them.",
    appliesTo: (recording) => isCommand(recording, "auditlog") && / ago$/.test(recording.argv.at(-1) ?? ""),
    exits: [0, 1],
    requests: /audit(\/stream)?\?(since|before)=/,
  },
  {
    reason: "What a followed audit log was answered was recorded with the command after it.",
    appliesTo: (recording) =>
      isCommand(recording, "auditlog") &&
      recording.argv.includes("-f") !== recording.exchanges.some(({ path }) => path.endsWith("/stream")),
    requests: /^not (sent|recorded): GET \/api\/v3.1\/audit\/stream\?/,
  },
];
