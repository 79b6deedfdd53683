// How many instances there are and may be: of a node, and of a scaling group.
import { formatError, logicError } from "../errors.ts";
import { isFunction } from "../functions/recognize.ts";
import { at, type Path } from "../path.ts";
import type { InstanceCounts } from "../plan.ts";
import { type Dict, isDict, kindOf } from "../records.ts";
import type { ElementContext } from "./context.ts";
import { anything, checkShape, type Shape } from "./shape.ts";

const UNBOUNDED = -1;

const SCALABLE_SHAPE: Shape = {
  default_instances: anything,
  min_instances: anything,
  max_instances: anything,
};

const DEFAULTS = { default_instances: 1, min_instances: 0, max_instances: UNBOUNDED } as const;
type CountName = keyof typeof DEFAULTS;

/**
 * Counts as written, with defaults; functions stay until the deployment is prepared.
 * @throws DslError 1, 207 inconsistent, 208 unknown word, 210 a dict that is no function
 */
export function parseCounts(raw: unknown, path: Path, context: ElementContext): InstanceCounts | undefined {
  const fields = raw === undefined ? {} : checkShape(raw, SCALABLE_SHAPE, path, context);
  if (!fields) return undefined;
  const counts: Record<string, unknown> = {};
  for (const [name, fallback] of Object.entries(DEFAULTS)) {
    counts[name] = fields[name] === undefined ? fallback : parseCount(fields[name], name as CountName, at(path, name));
  }
  checkCounts(counts, path);
  return withCurrent(counts);
}

/** The legacy `instances: {deploy: n}`. */
export const deployCounts = (deploy: number): InstanceCounts => withCurrent({ ...DEFAULTS, default_instances: deploy });

function parseCount(value: unknown, name: CountName, path: Path): unknown {
  if (isFunction(value) || Number.isInteger(value)) return value;
  if (typeof value === "boolean") return Number(value);
  if (isDict(value)) {
    throw logicError(210, `${name} is a dict and no function`, { at: path, hint: "give a number or a function" });
  }
  if (name === "max_instances" && typeof value === "string") {
    if (value === "UNBOUNDED") return UNBOUNDED;
    throw logicError(208, `${name} cannot be ${JSON.stringify(value)}`, { at: path, hint: "UNBOUNDED means no limit" });
  }
  throw formatError(`${name} must be an integer, and this is ${kindOf(value)}`, { at: path });
}

/** @throws DslError 207 */
export function checkCounts(counts: Dict, path: Path): void {
  const number = (name: CountName) => (typeof counts[name] === "number" ? (counts[name] as number) : undefined);
  const [initial, minimum, maximum] = [number("default_instances"), number("min_instances"), number("max_instances")];
  const wrong = (message: string, name: CountName) => logicError(207, message, { at: at(path, name) });
  if (initial !== undefined && initial < 0) throw wrong("default_instances must be 0 or more", "default_instances");
  if (minimum !== undefined && minimum < 0) throw wrong("min_instances must be 0 or more", "min_instances");
  if (maximum !== undefined && (maximum < UNBOUNDED || maximum === 0)) {
    throw wrong("max_instances must be 1 or more, or UNBOUNDED", "max_instances");
  }
  const above = (low: number | undefined, high: number | undefined) =>
    low !== undefined && high !== undefined && high !== UNBOUNDED && low > high;
  if (minimum !== undefined && initial !== undefined && initial < minimum) {
    throw wrong(`default_instances ${initial} is below min_instances ${minimum}`, "default_instances");
  }
  if (above(minimum, maximum))
    throw wrong(`min_instances ${minimum} is above max_instances ${maximum}`, "min_instances");
  if (above(initial, maximum)) {
    throw wrong(`default_instances ${initial} is above max_instances ${maximum}`, "default_instances");
  }
}

const withCurrent = (counts: Dict): InstanceCounts =>
  ({
    ...counts,
    current_instances: counts["default_instances"],
    planned_instances: counts["default_instances"],
  }) as unknown as InstanceCounts;
