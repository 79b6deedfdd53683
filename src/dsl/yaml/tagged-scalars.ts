/** A number written with a decimal point whose value is whole: `2.0` is no integer, and prints as `2.0`. */
export class WholeFloat {
  constructor(readonly value: number) {}
  toJSON(): number {
    return this.value;
  }
}

/** A date or a time. It has no JSON form of its own and becomes its text. */
export class Timestamp {
  constructor(readonly text: string) {}
  toJSON(): string {
    return this.text;
  }
}

export const isTaggedScalar = (value: unknown): value is WholeFloat | Timestamp =>
  value instanceof WholeFloat || value instanceof Timestamp;

/** The value without tagged scalars. Unchanged parts are shared with the input. */
export function plainJson<T>(value: T): T {
  return strip(value) as T;
}

function strip(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isTaggedScalar(value)) return value.toJSON();
  if (Array.isArray(value)) {
    const items = value.map(strip);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const plain = strip(item);
    if (plain !== item) {
      copy ??= { ...value };
      copy[key] = plain;
    }
  }
  return copy ?? value;
}
