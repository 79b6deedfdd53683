/** How one word of the command line becomes a value. */
export interface ValueType<T> {
  /** What help and `cfy commands` call it; text has no name. */
  readonly name?: string;
  readonly choices?: readonly string[];
  /** @throws BadValue with a message that completes "Invalid value for X: …" */
  parse(word: string): T;
}

/** Says what a value should have been; whoever knows the option's name adds it. */
export class BadValue extends Error {
  override readonly name = "BadValue";
}

export const textType: ValueType<string> = { parse: (word) => word };

export const pathType: ValueType<string> = { name: "path", parse: (word) => word };

export const integerType: ValueType<number> = {
  name: "integer",
  parse(word) {
    if (!/^[+-]?\d+$/.test(word.trim())) throw new BadValue(`${JSON.stringify(word)} is not a whole number`);
    return Number(word);
  },
};

/** A number of things: 0 or more. */
export const naturalType: ValueType<number> = {
  name: "integer",
  parse(word) {
    const value = integerType.parse(word);
    if (value < 0) throw new BadValue(`${JSON.stringify(word)} is less than 0`);
    return value;
  },
};

export const decimalType: ValueType<number> = {
  name: "float",
  parse(word) {
    const value = Number(word);
    if (word.trim() === "" || !Number.isFinite(value)) throw new BadValue(`${JSON.stringify(word)} is not a number`);
    return value;
  },
};

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A span of time in seconds: `90`, `90s`, `15m`, `1h30m`, `500ms`. */
export const durationType: ValueType<number> = {
  name: "integer",
  parse(word) {
    const text = word.trim().toLowerCase();
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
    if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
      throw new BadValue(`${JSON.stringify(word)} is not a duration; write 90, 90s, 15m or 1h30m`);
    }
    let seconds = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
      seconds += Number(amount) * SECONDS[unit as keyof typeof SECONDS];
    }
    return seconds;
  },
};

export const choiceType = <const C extends string>(choices: readonly C[]): ValueType<C> => ({
  choices,
  parse(word) {
    const found = choices.find((choice) => choice === word);
    if (found === undefined) throw new BadValue(`${JSON.stringify(word)} is none of ${choices.join(", ")}`);
    return found;
  },
});
