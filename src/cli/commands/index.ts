import { group, lazy } from "../command.ts";

/** The whole command tree. Each group names its module; only the one that is called is loaded. */
export const root = group({
  name: "cfy",
  summary: "Run workflows on deployments, and follow them",
  description: "`cfy help TOPIC` explains: exit-codes, environment, output, inputs, filters, bulk, profiles.",
  examples: [
    ["cfy blueprints upload app/ -b app", "give the server a blueprint"],
    ["cfy deployments create my_deployment -b app", "make a deployment of it"],
    ["cfy executions start install -d my_deployment", "run a workflow and follow it to its end"],
    ["cfy executions list -d my_deployment", "see what ran"],
  ],
  commands: [
    lazy({
      name: "blueprints",
      summary: "Upload, list and validate blueprints",
      load: async () => (await import("./blueprints/index.ts")).blueprints,
    }),
    lazy({
      name: "deployments",
      summary: "Create, list and delete deployments",
      load: async () => (await import("./deployments/index.ts")).deployments,
    }),
    lazy({
      name: "workflows",
      summary: "See what can be run on a deployment",
      load: async () => (await import("./workflows/index.ts")).workflows,
    }),
    lazy({
      name: "executions",
      summary: "Run workflows and look after their executions",
      load: async () => (await import("./executions/index.ts")).executions,
    }),
    lazy({
      name: "profiles",
      summary: "Choose what to talk to, and as whom",
      load: async () => (await import("./profiles/index.ts")).profiles,
    }),
    lazy({
      name: "status",
      summary: "Show the health of the server's services",
      load: async () => (await import("./status.ts")).status,
    }),
    lazy({
      name: "cluster",
      summary: "Look at the hosts of a cluster",
      load: async () => (await import("./cluster/index.ts")).cluster,
    }),
    lazy({
      name: "init",
      summary: "Use the server of this machine, perhaps with a blueprint to work on",
      load: async () => (await import("./init.ts")).init,
    }),
    lazy({
      name: "server",
      summary: "Look after the management server of this machine",
      addition: true,
      load: async () => (await import("./server/index.ts")).server,
    }),
    lazy({
      name: "doctor",
      summary: "Find out why commands do not work, and what to do about it",
      addition: true,
      load: async () => (await import("./doctor.ts")).doctor,
    }),
    lazy({
      name: "events",
      summary: "Read what executions report",
      load: async () => (await import("./events/index.ts")).events,
    }),
    lazy({
      name: "nodes",
      summary: "See the nodes of deployments",
      load: async () => (await import("./nodes/index.ts")).nodes,
    }),
    lazy({
      name: "node-instances",
      summary: "See node instances, and change their runtime properties",
      load: async () => (await import("./node-instances/index.ts")).nodeInstances,
    }),
    lazy({
      name: "groups",
      summary: "See the node groups of deployments",
      load: async () => (await import("./groups/index.ts")).groups,
    }),
    lazy({
      name: "sites",
      summary: "Keep the places that deployments stand on",
      load: async () => (await import("./sites/index.ts")).sites,
    }),
    lazy({
      name: "secrets",
      summary: "Keep values that blueprints may use and people should not see",
      load: async () => (await import("./secrets/index.ts")).secrets,
    }),
    lazy({
      name: "install",
      summary: "Upload a blueprint, make a deployment of it and install it",
      load: async () => (await import("./install.ts")).install,
    }),
    lazy({
      name: "apply",
      summary: "Install a blueprint, or update the deployment that there is",
      load: async () => (await import("./apply.ts")).apply,
    }),
    lazy({
      name: "uninstall",
      summary: "Uninstall a deployment, and delete it and its blueprint",
      load: async () => (await import("./uninstall.ts")).uninstall,
    }),
    lazy({
      name: "plugins",
      summary: "Look after plugins, and what uses them",
      load: async () => (await import("./plugins/index.ts")).plugins,
    }),
    lazy({
      name: "agents",
      summary: "Look after the agents on hosts",
      load: async () => (await import("./agents/index.ts")).agents,
    }),
    lazy({
      name: "snapshots",
      summary: "Save and restore the state of the server",
      load: async () => (await import("./snapshots/index.ts")).snapshots,
    }),
    lazy({
      name: "log-bundles",
      summary: "Gather the logs of the server",
      load: async () => (await import("./log-bundles/index.ts")).logBundles,
    }),
    lazy({
      name: "auditlog",
      summary: "See who changed what",
      load: async () => (await import("./auditlog/index.ts")).auditlog,
    }),
    lazy({
      name: "users",
      summary: "Look after users",
      load: async () => (await import("./users/index.ts")).users,
    }),
    lazy({
      name: "user-groups",
      summary: "Look after groups of users",
      load: async () => (await import("./user-groups/index.ts")).userGroups,
    }),
    lazy({
      name: "tenants",
      summary: "Look after tenants, and who may do what in them",
      load: async () => (await import("./tenants/index.ts")).tenants,
    }),
    lazy({
      name: "tokens",
      summary: "Look after API tokens",
      load: async () => (await import("./tokens/index.ts")).tokens,
    }),
    lazy({
      name: "permissions",
      summary: "See and change what roles may do",
      load: async () => (await import("./permissions/index.ts")).permissions,
    }),
    lazy({
      name: "config",
      summary: "See and change settings of the server",
      load: async () => (await import("./config/index.ts")).config,
    }),
    lazy({
      name: "maintenance-mode",
      summary: "Keep the server from changing while it is looked after",
      load: async () => (await import("./maintenance-mode/index.ts")).maintenanceMode,
    }),
    lazy({
      name: "license",
      summary: "Look after the license of the server",
      load: async () => (await import("./license/index.ts")).license,
    }),
    lazy({
      name: "idp",
      summary: "See the identity provider of the server",
      load: async () => (await import("./idp.ts")).idp,
    }),
    lazy({
      name: "ldap",
      summary: "Let the server use the users of an LDAP server",
      load: async () => (await import("./ldap/index.ts")).ldap,
    }),
    lazy({
      name: "managers",
      summary: "Look at the managers of a cluster",
      load: async () => (await import("./cluster/managers.ts")).managers,
    }),
    lazy({
      name: "db-nodes",
      summary: "Look at the database hosts of a cluster",
      load: async () => (await import("./cluster/db-nodes.ts")).dbNodes,
    }),
    lazy({
      name: "certificates",
      summary: "Replace the certificates of managers, brokers and databases",
      load: async () => (await import("./certificates/index.ts")).certificates,
    }),
    lazy({
      name: "community",
      summary: "Register with the community edition",
      load: async () => (await import("./community.ts")).community,
    }),
    lazy({
      name: "completion",
      summary: "Print the script that teaches a shell to complete cfy",
      addition: true,
      load: async () => (await import("./completion.ts")).completion,
    }),
    lazy({
      name: "help",
      summary: "Explain a command or a topic",
      addition: true,
      load: async () => (await import("./help.ts")).help,
    }),
    lazy({
      name: "commands",
      summary: "Print every command with its arguments and options",
      hidden: true,
      addition: true,
      load: async () => (await import("./commands.ts")).commands,
    }),
    lazy({
      name: "version",
      summary: "Show the versions of cfy and of the manager in use",
      hidden: true,
      addition: true,
      load: async () => (await import("./version.ts")).version,
    }),
    lazy({
      name: "worker",
      summary: "Run executions for the management server of this machine",
      hidden: true,
      addition: true,
      load: async () => (await import("./worker.ts")).worker,
    }),
  ],
});
