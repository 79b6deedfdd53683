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
