import { own } from "../records.ts";

/** Interfaces of a type with those of its parent: the child's operations replace the parent's, one by one. */
export function inheritInterfaces<O>(
  declared: Readonly<Record<string, Record<string, O>>>,
  parent: Readonly<Record<string, Record<string, O>>> | undefined,
): Record<string, Record<string, O>> {
  const inherited: Record<string, Record<string, O>> = { ...parent };
  for (const [name, operations] of Object.entries(declared)) {
    inherited[name] = { ...(parent && own(parent, name)), ...operations };
  }
  return inherited;
}
