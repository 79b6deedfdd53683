import { group, lazy } from "../../command.ts";

/** Each command is loaded when it is called: these groups are large, and asked for often. */
export const deployments = group({
  name: "deployments",
  summary: "Create, list and delete deployments",
  commands: [
    lazy({
      name: "create",
      summary: "Make a deployment of a blueprint",
      load: async () => (await import("./create.ts")).create,
    }),
    lazy({
      name: "list",
      summary: "List deployments",
      load: async () => (await import("./list.ts")).list,
    }),
    lazy({
      name: "status-list",
      summary: "List how deployments are",
      load: async () => (await import("./status-list.ts")).statusList,
    }),
    lazy({
      name: "inputs",
      summary: "Show the inputs of a deployment",
      load: async () => (await import("./inputs.ts")).inputs,
    }),
    lazy({
      name: "outputs",
      summary: "Show the outputs of a deployment",
      load: async () => (await import("./outputs.ts")).outputs,
    }),
    lazy({
      name: "capabilities",
      summary: "Show the capabilities of a deployment",
      load: async () => (await import("./capabilities.ts")).capabilities,
    }),
    lazy({
      name: "update",
      summary: "Bring a deployment, or many, to another blueprint or other inputs",
      load: async () => (await import("./update.ts")).update,
    }),
    lazy({
      name: "history",
      summary: "List the updates of deployments",
      load: async () => (await import("./history.ts")).history,
    }),
    lazy({
      name: "get-update",
      summary: "Show what an update of a deployment has changed",
      load: async () => (await import("./get-update.ts")).getUpdate,
    }),
    lazy({
      name: "modifications",
      summary: "See what scaling has changed, and take it back",
      load: async () => (await import("./modifications/index.ts")).modifications,
    }),
    lazy({
      name: "delete",
      summary: "Delete a deployment, or many",
      load: async () => (await import("./delete.ts")).remove,
    }),
    lazy({
      name: "labels",
      summary: "See and change the labels of a deployment",
      load: async () => (await import("./labels.ts")).labels,
    }),
    lazy({
      name: "filters",
      summary: "Keep rules that choose deployments under a name",
      load: async () => (await import("./filters.ts")).filters,
    }),
    lazy({
      name: "groups",
      summary: "Look after many deployments at once",
      load: async () => (await import("./groups/index.ts")).groups,
    }),
    lazy({
      name: "schedule",
      summary: "Run workflows at a time, or again and again",
      load: async () => (await import("./schedule/index.ts")).schedule,
    }),
    lazy({
      name: "set-site",
      summary: "Put a deployment on a site, or take it from its site",
      load: async () => (await import("./set-site.ts")).setSite,
    }),
    lazy({
      name: "set-visibility",
      summary: "Set who can see a deployment",
      load: async () => (await import("./set-visibility.ts")).setVisibility,
    }),
    lazy({
      name: "set-owner",
      summary: "Give a deployment to another user",
      load: async () => (await import("./set-owner.ts")).setOwner,
    }),
    lazy({
      name: "summary",
      summary: "Count deployments by a field",
      load: async () => (await import("./summary.ts")).summary,
    }),
  ],
});
