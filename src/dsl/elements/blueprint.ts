// The whole document: its sections, each parsed by its own element.
import { classError } from "../errors.ts";
import { functionSites } from "../functions/sites.ts";
import { validateFunctions } from "../functions/validate.ts";
import type { ImportedBlueprints } from "../imports/collect.ts";
import { at } from "../path.ts";
import type { JsonObject, Plan, PlanNode } from "../plan.ts";
import { type Dict, isDict } from "../records.ts";
import { versionKey } from "../version.ts";
import type { ElementContext } from "./context.ts";
import { DataTypes } from "./data-types.ts";
import { parseDeploymentSettings } from "./deployment-settings.ts";
import { parseGroups, parseSourcedTypes, planSourcedTypes } from "./groups.ts";
import { assignHosts, assignPlugins, reportNodeCircle, unionOfPlugins } from "./hosting.ts";
import { parseInputs } from "./inputs.ts";
import { parseLabels, parseResourceTags } from "./labels.ts";
import type { MappingContext } from "./mapping.ts";
import { parseNodeTemplates } from "./node-templates.ts";
import { parseNodeTypes } from "./node-types.ts";
import { parseOutputs } from "./outputs.ts";
import { parsePlugins } from "./plugins.ts";
import { parsePolicies, scalingGroups } from "./policies.ts";
import { parseRelationshipTypes, planRelationshipTypes } from "./relationship-types.ts";
import { findRequirements } from "./requirements.ts";
import { checkShape, dict, list, type Shape, since, text } from "./shape.ts";
import { parseWorkflows, workflowPlugins } from "./workflows.ts";

const SECTIONS: Shape = {
  [versionKey]: text,
  description: since(2, text),
  metadata: dict,
  imports: list,
  dsl_definitions: since(2, { kind: "dict or list" }),
  inputs: dict,
  plugins: dict,
  node_types: dict,
  relationships: dict,
  data_types: since(2, dict),
  node_templates: dict,
  groups: dict,
  policies: since(3, dict),
  policy_types: dict,
  policy_triggers: dict,
  workflows: dict,
  outputs: dict,
  capabilities: dict,
  labels: dict,
  blueprint_labels: dict,
  resource_tags: since(3, dict),
  deployment_settings: dict,
  imported_blueprints: list,
  namespaces_mapping: dict,
};
/** Sections that may be left out and not be left empty. */
const NEVER_NULL = ["plugins", "node_types", "metadata"];

export interface BlueprintOptions {
  scriptExists(path: string): boolean;
  imported: ImportedBlueprints;
}

/** The plan of the merged document. It is of use only if nothing was reported to the context's diagnostics. */
export function parseDocument(document: Dict, context: ElementContext, options: BlueprintOptions): Plan {
  const sections = checkSections(document, context);
  const types = new DataTypes(sections["data_types"], context);
  const data_types = types.all();
  const inputs = parseInputs(sections["inputs"], context, types);
  const { files, blueprints } = options.imported;
  const plugins = parsePlugins(sections["plugins"], context, files);
  const namespaces = { ...(sections["namespaces_mapping"] as Record<string, string> | undefined) };
  for (const { id, namespace } of blueprints) namespaces[namespace] = id;
  const mappings: MappingContext = {
    plugins,
    scriptExists: options.scriptExists,
    blueprintNamespaces: new Set(Object.keys(namespaces)),
    resolved: new WeakMap(),
  };
  const nodeTypes = parseNodeTypes(sections["node_types"], context, types);
  const relationshipTypes = parseRelationshipTypes(sections["relationships"], context, types, mappings);
  const policyTypes = parseSourcedTypes(sections["policy_types"], "policy_types", context, types);
  const triggers = parseSourcedTypes(sections["policy_triggers"], "policy_triggers", context, types);
  const templates = isDict(sections["node_templates"]) ? sections["node_templates"] : {};
  const nodes = parseNodeTemplates(sections["node_templates"], {
    element: context,
    dataTypes: types,
    types: relationshipTypes,
    nodeTypes,
    mappings,
    templates,
    bare: new Map(),
  });
  if (!reportNodeCircle(nodes, context)) {
    assignHosts(nodes);
    if (nodes.length === Object.keys(templates).length) assignPlugins(nodes, plugins, context);
  }
  const groups = parseGroups(sections["groups"], {
    element: context,
    dataTypes: types,
    policyTypes,
    triggers,
    nodeNames: templates,
  });
  const writtenGroups = isDict(sections["groups"]) ? sections["groups"] : {};
  const policies = parsePolicies(sections["policies"], groups, writtenGroups, context);
  const workflows = parseWorkflows(sections["workflows"], context, types, mappings);
  const { version } = context;
  const plan: Plan = {
    version: {
      raw: version.raw,
      definitions_name: "cloudify_dsl",
      definitions_version: [version.major, version.minor],
    },
    description: (sections["description"] as string | undefined) ?? null,
    metadata: (sections["metadata"] as JsonObject | undefined) ?? null,
    inputs,
    nodes,
    relationships: planRelationshipTypes(relationshipTypes),
    data_types,
    workflows,
    policy_types: planSourcedTypes(policyTypes, "properties"),
    policy_triggers: planSourcedTypes(triggers, "parameters"),
    groups,
    policies,
    scaling_groups: scalingGroups(policies, groups, nodes, context),
    outputs: parseOutputs(sections["outputs"], "outputs", context),
    capabilities: parseOutputs(sections["capabilities"], "capabilities", context),
    labels: parseLabels(sections["labels"], "labels", context),
    blueprint_labels: parseLabels(sections["blueprint_labels"], "blueprint_labels", context),
    resource_tags: parseResourceTags(sections["resource_tags"], context),
    deployment_settings: parseDeploymentSettings(sections["deployment_settings"], context),
    requirements: { secrets: [], parent_capabilities: [] },
    deployment_plugins_to_install: unionOfPlugins(nodes, "deployment_plugins_to_install"),
    workflow_plugins_to_install: workflowPlugins(workflows, mappings),
    host_agent_plugins_to_install: unionOfPlugins(nodes, "plugins_to_install"),
    imported_blueprints: [
      ...((sections["imported_blueprints"] as string[] | undefined) ?? []),
      ...blueprints.map(({ id }) => id),
    ],
    namespaces_mapping: namespaces,
  };
  const sites = [...functionSites(plan)];
  checkFunctions(sites, sections, templates, nodes, context);
  plan.requirements = findRequirements(sites);
  return plan;
}

function checkSections(document: Dict, context: ElementContext): Dict {
  for (const section of NEVER_NULL) {
    if (document[section] !== null) continue;
    context.report(
      classError("ValueError", `${section} is empty`, {
        at: at(null, section),
        hint: `remove it, or write "${section}: {}"`,
      }),
    );
  }
  return checkShape(document, SECTIONS, null, context) ?? {};
}

function checkFunctions(
  sites: Parameters<typeof validateFunctions>[0],
  sections: Dict,
  templates: Dict,
  nodes: readonly PlanNode[],
  context: ElementContext,
): void {
  const byName = new Map(nodes.map((node) => [node.id, node]));
  const shared = {
    version: context.version,
    validateVersion: context.validateVersion,
    inputs: isDict(sections["inputs"]) ? sections["inputs"] : {},
    node: (name: string) => byName.get(name),
    isBrokenNode: (name: string) => Object.hasOwn(templates, name) && !byName.has(name),
    nodeNames: () => Object.keys(templates),
  };
  validateFunctions(sites, shared, context.diagnostics);
}
