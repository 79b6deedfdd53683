import type { Json, JsonObject } from "../../api/resources.ts";
import type { Identity } from "../../services/identity/identity.ts";
import type { TaskOutcome } from "../../workflow/index.ts";
import type { Surroundings } from "../execution/surroundings.ts";
import type { InstanceView, OperationHost, OperationJob } from "../operations/job.ts";
import { retryRequested } from "../operations/outcome.ts";

/** One operation of a node that stands for another deployment, a blueprint or a secret: the server does it itself. */
export interface Work {
  job: OperationJob;
  host: OperationHost;
  surroundings: Surroundings;
  /** The user in whose name the execution runs. */
  who: Identity;
  /** Aborted when the operation is killed. */
  killed: AbortSignal;
  /** The instance of the node; of a relationship's operation, that of its target. */
  subject: InstanceView;
}

/** Answers the operation's result. What it throws is its failure, for good. */
export type ServiceOperation = (work: Work) => Promise<Json>;

/** The operation asks to be called again. */
export class CallAgain extends Error {
  get outcome(): TaskOutcome {
    return retryRequested(this.message, null);
  }
}

/** What the operation is told: by its inputs, else by what it has stored, else by the node's properties. */
export function told({ job, subject }: Pick<Work, "job" | "subject">, key: string): Json | undefined {
  return [job.inputs[key], subject.instance.runtimeProperties[key], subject.node.properties[key]].find(isSomething);
}

const isSomething = (value: Json | undefined): boolean =>
  Boolean(value) && !(typeof value === "object" && value !== null && Object.keys(value).length === 0);

export const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Stores runtime properties of the node's instance at once: whoever takes over goes on from there. */
export async function store(
  { host, subject }: Pick<Work, "host" | "subject">,
  set: JsonObject,
  removed: string[] = [],
): Promise<void> {
  const { instance } = subject;
  const touched = [...Object.keys(set), ...removed];
  const was = Object.fromEntries(Object.entries(instance.runtimeProperties).filter(([key]) => touched.includes(key)));
  const stored = await host.saveRuntimeProperties(instance.id, { set, removed, was, version: instance.version });
  instance.runtimeProperties = stored.runtimeProperties;
  instance.version = stored.version;
}

const LOCAL_HOSTS = ["127.0.0.1", "localhost"];

/** The part of a node's properties that says where and what; only this server is meant. @throws Error */
export function resourceConfig(work: Pick<Work, "job" | "subject">): JsonObject {
  const hosts = [objectOf(told(work, "client"))["host"] ?? []].flat().map(String);
  if (hosts.some((host) => !LOCAL_HOSTS.includes(host))) {
    throw new Error(
      `the property client names another manager (${hosts.join(", ")}); this server can use its own only`,
    );
  }
  return objectOf(told(work, "resource_config"));
}
