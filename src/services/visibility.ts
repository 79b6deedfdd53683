import { VISIBILITIES, type Visibility } from "../api/statuses.ts";
import { pythonRepr } from "../lib/python-text.ts";
import { parseBoolean } from "./booleans.ts";
import { badParameters, Refusal } from "./refusal.ts";

const width = (visibility: Visibility): number => VISIBILITIES.indexOf(visibility);

export const isWider = (one: Visibility, other: Visibility): boolean => width(one) > width(other);

const isVisibility = (value: unknown): value is Visibility => (VISIBILITIES as readonly unknown[]).includes(value);

/**
 * The visibility a new resource is asked to have. `private_resource` is the older, boolean form of it.
 * @throws bad_parameters_error when both forms are given, or the word is unknown
 */
export function requestedVisibility(asked: {
  visibility?: unknown;
  private_resource?: unknown;
  [other: string]: unknown;
}): Visibility {
  const { visibility, private_resource: privately } = asked;
  if (privately !== undefined && privately !== null) {
    if (visibility) throw badParameters("The `private_resource` and `visibility` parameters cannot be used together");
    return parseBoolean(privately, "private_resource") ? "private" : "tenant";
  }
  if (visibility === undefined || visibility === null || visibility === "") return "tenant";
  if (!isVisibility(visibility)) {
    throw badParameters(
      `Invalid visibility: \`${String(visibility)}\`. Valid visibility's values are: ${pythonRepr(VISIBILITIES)}`,
    );
  }
  return visibility;
}

/**
 * Visibility may only grow, and `set-visibility` never makes a thing private.
 * @throws illegal_action_error when it would shrink
 */
export function widened(model: string, id: string, from: Visibility, to: unknown): Visibility {
  if (!isVisibility(to) || to === "private") {
    throw badParameters(`Invalid visibility: \`${String(to)}\`. Valid visibility's values are: ['tenant', 'global']`);
  }
  if (isWider(from, to)) {
    throw new Refusal(
      "illegal_action_error",
      `Can't set the visibility of \`${model}\` \`${id}\` to ${to} because it already has wider visibility`,
    );
  }
  return to;
}
