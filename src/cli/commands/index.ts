import { group, lazy } from "../command.ts";

/** The whole command tree. Each group names its module; only the one that is called is loaded. */
export const root = group({
  name: "cfy",
  summary: "Run workflows on deployments, and follow them",
  examples: [
    ["cfy blueprints upload app/ -b app", "give the server a blueprint"],
    ["cfy deployments create my_deployment -b app", "make a deployment of it"],
    ["cfy executions start install -d my_deployment", "run a workflow and follow it to its end"],
    ["cfy executions list -d my_deployment", "see what ran"],
  ],
  commands: [
    lazy({
      name: "executions",
      summary: "Run workflows and look after their executions",
      load: async () => (await import("./executions/index.ts")).executions,
    }),
    lazy({
      name: "server",
      summary: "Look after the management server of this machine",
      addition: true,
      load: async () => (await import("./server/index.ts")).server,
    }),
  ],
});
