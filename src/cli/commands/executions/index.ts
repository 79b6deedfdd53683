import { group, lazy } from "../../command.ts";

/** Each command is loaded when it is called: these groups are large, and asked for often. */
export const executions = group({
  name: "executions",
  summary: "Run workflows and look after their executions",
  commands: [
    lazy({
      name: "start",
      summary: "Run a workflow on a deployment and follow it",
      load: async () => (await import("./start.ts")).start,
    }),
    lazy({
      name: "list",
      summary: "List executions",
      load: async () => (await import("./list.ts")).list,
    }),
    lazy({
      name: "get",
      summary: "Show an execution and its parameters",
      load: async () => (await import("./get.ts")).get,
    }),
    lazy({
      name: "watch",
      summary: "Follow an execution to its end",
      addition: true,
      load: async () => (await import("./watch.ts")).watch,
    }),
    lazy({
      name: "wait",
      summary: "Wait until executions have ended",
      addition: true,
      load: async () => (await import("./wait.ts")).wait,
    }),
    lazy({
      name: "cancel",
      summary: "Cancel an execution, or many",
      load: async () => (await import("./cancel.ts")).cancel,
    }),
    lazy({
      name: "resume",
      summary: "Go on with a failed or cancelled execution, or with many",
      load: async () => (await import("./resume.ts")).resume,
    }),
    lazy({
      name: "delete",
      summary: "Delete executions that have ended",
      load: async () => (await import("./delete.ts")).remove,
    }),
    lazy({
      name: "groups",
      summary: "Run workflows on many deployments at once",
      load: async () => (await import("./groups/index.ts")).groups,
    }),
    lazy({
      name: "operations",
      summary: "See the tasks of executions",
      load: async () => (await import("./operations/index.ts")).operations,
    }),
    lazy({
      name: "graphs",
      summary: "See what executions have stored of their work",
      load: async () => (await import("./graphs/index.ts")).graphs,
    }),
    lazy({
      name: "summary",
      summary: "Count executions by a field",
      load: async () => (await import("./summary.ts")).summary,
    }),
  ],
});
