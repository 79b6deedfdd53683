/** The way from the document's root to an element, as a list linked from its end: extending it costs one object. */
export interface Path {
  readonly parent: Path | null;
  readonly key: string | number;
}

export const at = (parent: Path | null, key: string | number): Path => ({ parent, key });

/** The path of several keys below a parent. */
export const atKeys = (parent: Path | null, ...keys: (string | number)[]): Path | null =>
  keys.reduce<Path | null>((path, key) => ({ parent: path, key }), parent);

export function pathKeys(path: Path | null): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step = path; step; step = step.parent) keys.push(step.key);
  return keys.reverse();
}

/** `node_templates.web.relationships[0].target` */
export function pathText(path: Path | null): string {
  return pathKeys(path)
    .map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join("");
}
