import type { Json, JsonObject } from "../../api/resources.ts";
import { getPath, setPath } from "./dict-path.ts";

/** What `ctx` can reach: attributes, calls, and bags of properties that are read and set by path. */
export type ContextNode = Json | Call | Properties | ContextTree | (() => ContextNode);
export interface ContextTree {
  [attribute: string]: ContextNode;
}

/** Something that a script calls with arguments, the last of which may be an object of named ones. */
export class Call {
  readonly run: (args: Json[], named: JsonObject) => Promise<Json> | Json;
  constructor(run: (args: Json[], named: JsonObject) => Promise<Json> | Json) {
    this.run = run;
  }
}

export class Properties {
  readonly values: JsonObject;
  readonly writable: boolean;
  constructor(values: JsonObject, { writable }: { writable: boolean }) {
    this.values = values;
    this.writable = writable;
  }
}

/** Does what `ctx ARGS…` asks for. @throws Error with a text for the script's author */
export async function walk(tree: ContextTree, args: Json[]): Promise<Json> {
  let current: ContextNode = tree;
  for (let at = 0; at < args.length; at += 1) {
    if (current instanceof Call) return call(current, args.slice(at));
    if (current instanceof Properties) return property(current, args.slice(at));
    current = attribute(current, args[at], args);
  }
  if (current instanceof Call) return call(current, []);
  if (current instanceof Properties) return current.values;
  if (isTree(current))
    throw new Error(`${args.join(" ")} is not a value; it has ${Object.keys(current).map(dashed).join(", ")}`);
  return current as Json;
}

function attribute(current: ContextNode, name: Json | undefined, args: Json[]): ContextNode {
  const key = String(name).replaceAll("-", "_");
  if (!isTree(current) || !Object.hasOwn(current, key))
    throw new Error(`${name} cannot be processed in ${args.join(" ")}`);
  const found = current[key] ?? null;
  return typeof found === "function" ? found() : found;
}

function call(target: Call, args: Json[]): Promise<Json> | Json {
  const last = args.at(-1);
  const named = typeof last === "object" && last !== null && !Array.isArray(last) ? last : null;
  return named === null ? target.run(args, {}) : target.run(args.slice(0, -1), named);
}

function property({ values, writable }: Properties, args: Json[]): Json {
  const [path, value, ...more] = args;
  if (more.length > 0) throw new Error("a property takes one value; quote it if it holds spaces");
  if (value === undefined) return getPath(values, String(path));
  if (!writable) throw new Error("these properties cannot be changed, only runtime properties can");
  setPath(values, String(path), value);
  return null;
}

const isTree = (node: ContextNode): node is ContextTree =>
  typeof node === "object" && node !== null && Object.getPrototypeOf(node) === Object.prototype;

const dashed = (name: string): string => name.replaceAll("_", "-");
