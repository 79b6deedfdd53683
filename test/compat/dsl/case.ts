/** One case of a conformance corpus: a blueprint, what is done with it, and what comes of it. */
export interface Case {
  id: string;
  feature: string;
  title: string;
  blueprint: string;
  files?: Record<string, string>;
  catalog_blueprints?: Record<string, Record<string, string>>;
  catalog_plugins?: Record<string, CatalogPlugin>;
  /** The blueprint imports the built-in types. */
  needs_builtin_types?: boolean;
  options?: {
    validate_version?: boolean;
    auto_correct_types?: boolean;
    runtime_only_evaluation?: boolean;
    rules?: Record<string, string>[];
    fallback?: boolean;
  };
  /** Present: the deployment is prepared too. */
  inputs?: Record<string, unknown>;
  /** Absent: there is nowhere to look secrets up. */
  secrets?: Record<string, string>;
  values?: {
    has_blueprint_id?: boolean;
    has_deployment_id?: boolean;
    values: Record<string, unknown[]>;
  };
  evaluate?: {
    kind: "functions" | "outputs" | "capabilities" | "node" | "node_instance";
    payload?: Record<string, unknown>;
    context?: Record<string, string>;
    storage: Storage;
    node?: string;
    instance?: string;
    nodes_from_plan?: boolean;
  };
  /** Entity to the new number per container. */
  modify?: Record<string, number>;
  select?: Selection;
  expect: Expectation;
}

export interface Selection {
  only?: string[];
  workflows_brief?: boolean;
  nodes_brief?: boolean;
  nodes_props_only?: boolean;
  relationship_types?: boolean;
  plugins_full?: boolean;
  version?: boolean;
}

export type Stage = "parse" | "prepare" | "evaluate" | "modify";

export type Expectation =
  | { ok: true; stage: Stage; plan?: Record<string, unknown>; result?: unknown }
  | { ok: false; stage: Stage; error_class: string; error_code: number | null; contract: boolean };

interface CatalogPlugin {
  yaml: string;
  labels?: Record<string, string[]>;
  blueprint_labels?: Record<string, string[]>;
  resource_tags?: Record<string, string>;
}

export interface Storage {
  inputs: Record<string, unknown>;
  secrets: Record<string, string>;
  nodes: { id: string; properties: Record<string, unknown> }[];
  node_instances: {
    id: string;
    node_id: string;
    index: number;
    runtime_properties: Record<string, unknown>;
    relationships: { target_id: string; target_name: string }[];
    scaling_groups?: { id: string; name: string }[];
  }[];
  capabilities: Record<string, Record<string, unknown>>;
  group_capabilities: Record<string, Record<string, unknown[]>>;
  labels: Record<string, string[]>;
  sys: Record<string, string>;
  consumers: Record<string, string>;
}
