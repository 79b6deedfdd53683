/** What a word on the command line names, so that completion can propose values for it. */
export type Completer = "file" | "directory" | "column" | "help-topic" | LiveCompleter;

/** Values that only the server, or the profiles on disk, know. */
export type LiveCompleter =
  | "deployment"
  | "blueprint"
  | "workflow"
  | "execution"
  | "active-execution"
  | "resumable-execution"
  | "node"
  | "node-instance"
  | "profile"
  | "tenant"
  | "site"
  | "plugin"
  | "secret"
  | "secrets-provider"
  | "user"
  | "user-group"
  | "filter"
  | "blueprint-filter"
  | "deployment-group"
  | "deployment-schedule"
  | "execution-group"
  | "snapshot"
  | "log-bundle"
  | "token"
  | "plugins-update";
