import type { Json, JsonObject } from "../../api/resources.ts";

/** Paths into nested properties: `a.b[0].c`. */
type Step = string | number;

const PART = /^([^[\]]*)((?:\[\d+\])*)$/;

/** @throws Error when nothing is there */
export function getPath(root: JsonObject, path: string): Json {
  if (Object.hasOwn(root, path)) return root[path] ?? null;
  let current: Json = root;
  for (const step of steps(path)) current = child(current, step, path);
  return current;
}

/** Sets the value, making the objects on the way that do not exist yet. @throws Error when the way leads through another kind of value */
export function setPath(root: JsonObject, path: string, value: Json): void {
  const way = steps(path);
  const last = way.pop() ?? path;
  let current: Json = root;
  for (const step of way) {
    if (typeof step === "string" && isObject(current) && !Object.hasOwn(current, step)) current[step] = {};
    current = child(current, step, path);
  }
  if (Array.isArray(current) && typeof last === "number" && last < current.length) current[last] = value;
  else if (isObject(current) && typeof last === "string") current[last] = value;
  else throw new Error(`illegal path: ${path}`);
}

function steps(path: string): Step[] {
  return path.split(".").flatMap((part): Step[] => {
    const [, name, indexes] = PART.exec(part) ?? [];
    if (name === undefined || indexes === undefined) throw new Error(`illegal path: ${path}`);
    const numbers = Array.from(indexes.matchAll(/\d+/g), ([digits]) => Number(digits));
    return name === "" ? numbers : [name, ...numbers];
  });
}

function child(current: Json, step: Step, path: string): Json {
  const found = isObject(current)
    ? Object.hasOwn(current, String(step))
      ? current[String(step)]
      : undefined
    : Array.isArray(current)
      ? current[Number(step)]
      : undefined;
  if (found === undefined) throw new Error(`${path} does not exist`);
  return found;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
