import { describe, expect, it } from "vitest";
import type { FilterRule } from "../../../src/api/selection.ts";
import { type Client, createClient } from "../../../src/client/index.ts";
import { loopback } from "../../helpers/loopback.ts";

const rule: FilterRule = { key: "env", values: ["prod"], operator: "any_of", type: "label" };
const page = { items: [], metadata: { pagination: { total: 0, size: 1000, offset: 0 } } };

/** What goes over the wire when a word of the client is used, as managers were seen to be asked. */
const WIRE: [what: string, call: (client: Client) => Promise<unknown>, request: string, body?: unknown][] = [
  ["a deployment", (c) => c.deployments.get("d1"), "GET deployments/d1?all_sub_deployments=True&include_workdir=False"],
  [
    "a deployment's creation",
    (c) => c.deployments.create("d1", { blueprint_id: "b", labels: [{ env: "prod" }] }),
    "PUT deployments/d1",
    {
      blueprint_id: "b",
      visibility: "tenant",
      inputs: {},
      labels: [{ env: "prod" }],
      display_name: "d1",
      skip_plugins_validation: false,
      runtime_only_evaluation: false,
    },
  ],
  [
    "leaving a site",
    (c) => c.deployments.setSite("d1", undefined),
    "POST deployments/d1/set-site",
    { detach_site: true },
  ],
  ["a blueprint's deletion", (c) => c.blueprints.delete("b"), "DELETE blueprints/b?force=False"],
  ["an id with odd characters", (c) => c.blueprints.get("a/b ü"), "GET blueprints/a%2Fb%20%C3%BC"],
  ["a cancel", (c) => c.executions.act("e1", "force-cancel"), "POST executions/e1", { action: "force-cancel" }],
  [
    "forgetting executions",
    (c) => c.executions.deleteMany({ keep_last: 5 }, { _all_tenants: false }),
    "DELETE executions?_all_tenants=False",
    { keep_last: 5 },
  ],
  [
    "operations",
    (c) => c.operations.page({ execution_id: "e1", skip_internal: true }),
    "GET operations?execution_id=e1&skip_internal=True",
  ],
  ["stored graphs", (c) => c.taskGraphs.page({ execution_id: "e1" }), "GET tasks_graphs?execution_id=e1"],
  ["a node", (c) => c.nodes.find("d1", "a"), "GET nodes?deployment_id=d1&id=a&_evaluate_functions=False"],
  ["a node instance", (c) => c.nodeInstances.get("a_1"), "GET node-instances/a_1?_evaluate_functions=False"],
  [
    "a search",
    (c) => c.searches.page("blueprints", { filter_rules: [rule] }, { _size: 5 }),
    "POST searches/blueprints?_size=5",
    { filter_rules: [rule] },
  ],
  [
    "a filter",
    (c) => c.deploymentFilters.create("f", [rule]),
    "PUT filters/deployments/f",
    { filter_rules: [rule], visibility: "tenant" },
  ],
  [
    "a site",
    (c) => c.sites.create("s1", { location: "1.5,-2.5" }),
    "PUT sites/s1",
    { visibility: "tenant", location: "1.5,-2.5" },
  ],
  [
    "a secret",
    (c) => c.secrets.create("k", { value: "v" }),
    "PUT secrets/k",
    { value: "v", update_if_exists: false, is_hidden_value: false, visibility: "tenant" },
  ],
  [
    "a secret's change",
    (c) => c.secrets.update("k", { value: "w" }),
    "PATCH secrets/k",
    { value: "w", provider_options: {} },
  ],
  [
    "a user",
    (c) => c.users.create({ username: "bob", password: "p" }),
    "PUT users",
    { username: "bob", password: "p", role: "default" },
  ],
  ["a user's end", (c) => c.users.setActive("bob", false), "POST users/active/bob", { action: "deactivate" }],
  [
    "a member of a tenant",
    (c) => c.tenants.addUser("t2", "bob", "viewer"),
    "PUT tenants/users",
    { username: "bob", tenant_name: "t2", role: "viewer" },
  ],
  ["a permission", (c) => c.permissions.allow("viewer", "execution_start"), "PUT permissions/viewer/execution_start"],
  ["a plugin's deletion", (c) => c.plugins.delete("p1"), "DELETE plugins/p1", { force: false }],
  [
    "an update",
    (c) => c.deploymentUpdates.start("d1", { inputs: { name: "alice" } }),
    "POST deployment-updates/d1/update/initiate",
    {
      workflow_id: null,
      skip_install: false,
      skip_uninstall: false,
      skip_reinstall: false,
      skip_drift_check: false,
      skip_heal: false,
      force_reinstall: false,
      ignore_failure: false,
      install_first: false,
      preview: false,
      blueprint_id: null,
      update_plugins: true,
      force: false,
      inputs: { name: "alice" },
      runtime_only_evaluation: false,
      auto_correct_types: false,
      reevaluate_active_statuses: false,
    },
  ],
  [
    "a group of executions",
    (c) => c.executionGroups.start({ deployment_group_id: "g1", workflow_id: "install" }),
    "POST execution-groups",
    {
      force: false,
      deployment_group_id: "g1",
      workflow_id: "install",
      parameters: null,
      default_parameters: {},
      concurrency: 5,
    },
  ],
  [
    "a schedule that is turned off",
    (c) => c.executionSchedules.update("s", "d1", { enabled: false }),
    "PATCH execution-schedules/s?deployment_id=d1",
    {
      since: null,
      until: null,
      recurrence: null,
      count: null,
      weekdays: null,
      rrule: null,
      slip: null,
      enabled: false,
      stop_on_fail: null,
      workflow_id: null,
    },
  ],
  [
    "a snapshot's restore",
    (c) => c.snapshots.restore("s"),
    "POST snapshots/s/restore",
    { force: false, restore_certificates: false, no_reboot: false, ignore_plugin_failure: false },
  ],
  [
    "a summary",
    (c) => c.summaries.page("deployments", { _target_field: "blueprint_id", _sub_field: "visibility" }),
    "GET summary/deployments?_target_field=blueprint_id&_sub_field=visibility",
  ],
  ["the cluster's health", (c) => c.manager.clusterStatus(), "GET cluster-status?summary=False"],
  ["the version", (c) => c.manager.version(), "GET /api/version"],
  ["maintenance", (c) => c.maintenance.activate(), "POST maintenance/activate"],
  [
    "the audit log",
    (c) => c.audit.page({ order_by: "created_at", desc: false, offset: 0, size: 3 }),
    "GET audit?order_by=created_at&desc=False&offset=0&size=3",
  ],
];

describe("the client's words", () => {
  it.each(WIRE)("ask for %s in the way that managers know", async (_what, call, request, body) => {
    const { endpoint, seen } = await loopback(() => ({ json: page }));
    await call(createClient({ endpoint, authentication: { kind: "none" } }));
    const [asked] = seen;
    const query = new URLSearchParams(asked?.query).toString();
    const path = asked?.path.replace(/^\/api\/v3\.1\//, "");
    expect(`${asked?.method} ${path}${query && `?${query}`}`).toBe(request);
    expect(asked?.body ? JSON.parse(asked.body) : undefined).toEqual(body);
  });
});
