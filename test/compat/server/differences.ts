/** Where our answers differ from the recorded ones on purpose, and why. */
export interface Difference {
  /** The exchanges that it is about. */
  names: readonly string[];
  in: readonly ("status" | "error_code" | "keys" | "item_keys")[];
  reason: string;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    names: [
      "unknown-route",
      "unknown-version",
      "old-version-v1-root",
      "method-not-allowed",
      "executions-post-no-body",
      "executions-post-bad-json",
      "file-server-noauth",
      "file-server-missing",
    ],
    in: ["error_code", "keys"],
    reason: "every refusal has the API's error body; the original's web servers answer these with pages of their own",
  },
  {
    names: ["executions-list-size-negative", "node-instance-patch-no-version"],
    in: ["keys"],
    reason: "every error body has the same keys, also where the original leaves the empty traceback out",
  },
  {
    names: ["root"],
    in: ["status", "error_code", "keys"],
    reason: "there is no web server in front whose welcome page could be shown",
  },
  {
    names: ["executions-list-filter-bad-enum"],
    in: ["status", "error_code"],
    reason: "a status that does not exist is the caller's mistake; the original breaks over it",
  },
  {
    names: ["ok", "cluster-status-summary"],
    in: ["status"],
    reason: "the recorded manager was not well",
  },
  {
    names: ["old-version-v2"],
    in: ["item_keys"],
    reason: "older versions of the API show all fields, and not less",
  },
  {
    names: ["file-server-list"],
    in: ["keys"],
    reason: "the keys are the files of the blueprints that happened to be there",
  },
];

/** Columns that the original kept in an older form beside the newer one; always null. */
export const isLegacyTwin = (key: string): boolean => key.endsWith("_p");
