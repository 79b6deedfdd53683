import type { Json, JsonObject } from "../../api/resources.ts";

/** One attempt of one operation, complete: running it needs nothing else but an `OperationHost`. */
export interface OperationJob {
  taskId: string;
  executionId: string;
  workflowId: string;
  workflowParameters: JsonObject;
  tenant: string;
  /** User who started the execution. */
  createdBy: string;
  deployment: { id: string; displayName: string; resourceTags: JsonObject };
  blueprintId: string;
  operation: { name: string; retryNumber: number; maxRetries: number };
  /** Dotted path of the function, e.g. `script_runner.tasks.run`. */
  functionPath: string;
  plugin: { name: string | null; packageName: string | null; packageVersion: string | null; properties: JsonObject };
  /** Inputs with every intrinsic function evaluated. */
  inputs: JsonObject;
  subject: NodeInstanceSubject | RelationshipSubject | DeploymentSubject;
  /** Seconds; null for no limit. */
  timeout: number | null;
  timeoutRecoverable: boolean;
  /** True when an earlier attempt at this very task was interrupted. */
  resume: boolean;
}

export interface InstanceView {
  node: {
    id: string;
    type: string;
    typeHierarchy: string[];
    properties: JsonObject;
    numberOfInstances: number;
  };
  instance: {
    id: string;
    index: number;
    hostId: string | null;
    hostIp: string | null;
    runtimeProperties: JsonObject;
    systemProperties: JsonObject;
    scalingGroups: Json[];
    relationships: RelationshipView[];
    version: number;
  };
}

export interface RelationshipView {
  type: string;
  typeHierarchy: string[];
  target: InstanceView;
}

export interface NodeInstanceSubject extends InstanceView {
  kind: "node-instance";
}

export interface RelationshipSubject {
  kind: "relationship-instance";
  source: InstanceView;
  target: InstanceView;
  /** On which side the operation is declared. */
  side: "source" | "target";
  type: string;
}

export interface DeploymentSubject {
  kind: "deployment";
}

export type LogLevel = "debug" | "info" | "warning" | "error" | "critical";

/** What an operation may do to the world outside its own processes. */
export interface OperationHost {
  log(level: LogLevel, message: string): void;
  event(message: string): void;
  /**
   * Stores what changed, key by key, so that others' changes to other keys stay; returns the properties as stored.
   * @throws PropertiesOvertaken another operation has changed the same key meanwhile
   */
  saveRuntimeProperties(instanceId: string, change: PropertiesChange): Promise<StoredProperties>;
  readRuntimeProperties(instanceId: string): Promise<StoredProperties>;
  /** Where the server is heard over HTTP, for code that brings a client of its own. */
  restAccess(): Promise<{ port: number; token: string }>;
  /** Absolute path of a file of the deployment or its blueprint. @throws ResourceNotFound */
  findResource(path: string): Promise<string>;
}

export interface StoredProperties {
  runtimeProperties: JsonObject;
  version: number;
}

/** What an operation did to an instance's runtime properties, as top-level keys. */
export interface PropertiesChange {
  set: JsonObject;
  removed: string[];
  /** What the operation had read of these keys; those that were not there are left out. */
  was: JsonObject;
  /** The version that the operation had read. */
  version: number;
}
