/** Where a recorded run and ours differ on purpose. */
export interface Deviation {
  /** The name of the recording. */
  recording: string;
  reason: string;
  /** The exit code here, when the rules for exit codes do not say it. */
  exit?: number;
  /** Requests that are sent here and were not then, or the other way round. */
  requests?: RegExp;
}

export const DEVIATIONS: readonly Deviation[] = [
  {
    recording: "257-events-list-tail-ended",
    reason: "An execution that has ended is told from its first event on; the original tells nothing of it.",
    requests: /^not recorded: GET \/api\/v3.1\/events\?/,
  },
  {
    recording: "044-blueprints-upload-missing-file",
    reason: "A path that leads nowhere is a mistake; the original takes it for a repository on GitHub.",
    exit: 5,
    requests: /^not sent: /,
  },
  ...["021-auth-env-conflict", "022-auth-env-token-conflict"].map((recording) => ({
    recording,
    reason: "The environment goes before the profile; the original refuses to choose.",
    exit: 0,
    requests: /GET \/api\/v3.1\/deployments\?/,
  })),
  {
    recording: "535-multipart-blueprints-upload-bad-main-file",
    reason: "The archive is looked into before the manager is asked anything.",
  },
];
