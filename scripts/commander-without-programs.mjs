const NOTHING = "\0nothing";

/** rolldown plugin: commander can run subcommands that are programs of their own. There are none here, and node:child_process takes long to load. */
export const commanderWithoutPrograms = {
  name: "commander-without-programs",
  resolveId(specifier, importer) {
    return specifier === "node:child_process" && importer?.includes("/node_modules/commander/") ? NOTHING : null;
  },
  load: (id) => (id === NOTHING ? "module.exports = {};" : null),
};
