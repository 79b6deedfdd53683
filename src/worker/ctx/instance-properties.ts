import type { JsonObject } from "../../api/resources.ts";
import type { InstanceView, OperationHost } from "../operations/job.ts";
import { propertiesChange } from "../operations/properties-change.ts";

/** The runtime properties of one instance as an operation sees and changes them; stored when the operation ends, or earlier on request. */
export class InstanceProperties {
  readonly #instance: InstanceView["instance"];
  readonly #host: OperationHost;
  #stored: JsonObject;
  #version: number;
  readonly current: JsonObject;

  constructor(instance: InstanceView["instance"], host: OperationHost) {
    this.#instance = instance;
    this.#host = host;
    this.#version = instance.version;
    this.current = structuredClone(instance.runtimeProperties);
    this.#stored = structuredClone(this.current);
  }

  async save(): Promise<void> {
    const change = propertiesChange(this.#stored, this.current, this.#version);
    if (change === null) return;
    this.#adopt(await this.#host.saveRuntimeProperties(this.#instance.id, change));
  }

  /** Drops what was not saved, unless told to save it first. */
  async refresh(): Promise<void> {
    this.#adopt(await this.#host.readRuntimeProperties(this.#instance.id));
  }

  #adopt(stored: { runtimeProperties: JsonObject; version: number }): void {
    this.#version = stored.version;
    this.#stored = structuredClone(stored.runtimeProperties);
    for (const key of Object.keys(this.current)) delete this.current[key];
    Object.assign(this.current, structuredClone(stored.runtimeProperties));
  }
}
