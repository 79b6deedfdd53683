import { group, lazy } from "../../command.ts";

/** Each command is loaded when it is called: these groups are large, and asked for often. */
export const blueprints = group({
  name: "blueprints",
  summary: "Upload, list and validate blueprints",
  commands: [
    lazy({
      name: "upload",
      summary: "Upload a blueprint",
      load: async () => (await import("./upload.ts")).upload,
    }),
    lazy({
      name: "list",
      summary: "List blueprints",
      load: async () => (await import("./list.ts")).list,
    }),
    lazy({
      name: "get",
      summary: "Show a blueprint and the deployments made of it",
      load: async () => (await import("./get.ts")).get,
    }),
    lazy({
      name: "inputs",
      summary: "List the inputs that a blueprint's deployments take",
      load: async () => (await import("./inputs.ts")).inputs,
    }),
    lazy({
      name: "validate",
      summary: "Check a blueprint without uploading it",
      load: async () => (await import("./validate.ts")).validate,
    }),
    lazy({
      name: "package",
      summary: "Pack a blueprint into an archive",
      load: async () => (await import("./package.ts")).pack,
    }),
    lazy({
      name: "download",
      summary: "Save the archive of a blueprint",
      load: async () => (await import("./download.ts")).download,
    }),
    lazy({
      name: "delete",
      summary: "Delete a blueprint, or many",
      load: async () => (await import("./delete.ts")).remove,
    }),
    lazy({
      name: "labels",
      summary: "See and change the labels of a blueprint",
      load: async () => (await import("./labels.ts")).labels,
    }),
    lazy({
      name: "filters",
      summary: "Keep rules that choose blueprints under a name",
      load: async () => (await import("./filters.ts")).filters,
    }),
    lazy({
      name: "set-visibility",
      summary: "Set who can see a blueprint",
      load: async () => (await import("./set-visibility.ts")).setVisibility,
    }),
    lazy({
      name: "set-global",
      summary: "Let every tenant see a blueprint, the older way",
      load: async () => (await import("./set-global.ts")).setGlobal,
    }),
    lazy({
      name: "set-owner",
      summary: "Give a blueprint to another user",
      load: async () => (await import("./set-owner.ts")).setOwner,
    }),
    lazy({
      name: "set-icon",
      summary: "Give a blueprint an icon, or take it away",
      load: async () => (await import("./set-icon.ts")).setIcon,
    }),
    lazy({
      name: "summary",
      summary: "Count blueprints by a field",
      load: async () => (await import("./summary.ts")).summary,
    }),
    lazy({
      name: "create-requirements",
      summary: "List the sources of a blueprint's plugins for pip",
      load: async () => (await import("./create-requirements.ts")).createRequirements,
    }),
    lazy({
      name: "install-plugins",
      summary: "Say which plugins of a blueprint are to be uploaded",
      load: async () => (await import("./install-plugins.ts")).installPlugins,
    }),
  ],
});
