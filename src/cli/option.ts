import type { Completer } from "./completion/completer.ts";
import {
  BadValue,
  choiceType,
  decimalType,
  durationType,
  integerType,
  naturalType,
  pathType,
  textType,
  type ValueType,
} from "./value-type.ts";

/** An option as data; `read` makes its value from what the command line gave, in order. */
export interface OptionSpec<T = unknown> {
  readonly flags: readonly string[];
  /** The flags that turn a two-way flag off. */
  readonly off?: readonly string[];
  readonly kind: "flag" | "count" | "value";
  readonly type: ValueType<unknown>;
  readonly help: string;
  readonly metavar?: string;
  readonly default?: unknown;
  readonly required: boolean;
  readonly multiple: boolean;
  /** Works, but help and completion leave it out. */
  readonly hidden: boolean;
  readonly complete?: Completer;
  readonly suggestions?: readonly string[];
  read(given: readonly string[]): T;
}

interface Named {
  /** Short flag first: `["-f", "--force"]`. Two-letter ones with a single dash are allowed. */
  flags: readonly string[];
  help: string;
  hidden?: boolean;
}

export interface ValueConfig extends Named {
  /** What the value is called in help, without brackets; from the long flag when left out. */
  metavar?: string;
  required?: boolean;
  /** May be repeated; the value is a list. */
  multiple?: boolean;
  default?: unknown;
  complete?: Completer;
  /** Usual values, for completion; others are taken, too. */
  suggestions?: readonly string[];
}

/** A list when repeatable, present when required or defaulted, else perhaps undefined. */
type Value<T, C> = C extends { multiple: true }
  ? T[]
  : C extends { required: true }
    ? T
    : C extends { default: infer D }
      ? T | (undefined extends D ? undefined : never)
      : T | undefined;

/** Words that a flag's `read` is given: the parser's way of saying which side of a two-way flag was used. */
export const ON = "on";
export const OFF = "off";

export function flag(config: Named & { off?: readonly string[]; default?: boolean }): OptionSpec<boolean> {
  return {
    hidden: false,
    ...config,
    kind: "flag",
    type: textType,
    required: false,
    multiple: false,
    read: (given) => (given.length > 0 ? given.at(-1) === ON : (config.default ?? false)),
  };
}

/** Counts how often it is given: `-vv` is 2. */
export function count(config: Named): OptionSpec<number> {
  return {
    hidden: false,
    ...config,
    kind: "count",
    type: textType,
    required: false,
    multiple: false,
    read: (given) => given.length,
  };
}

/** An option whose value is of any type. */
export function valued<T, const C extends ValueConfig>(type: ValueType<T>, config: C): OptionSpec<Value<T, C>> {
  const { required = false, multiple = false, hidden = false } = config;
  return {
    ...config,
    kind: "value",
    type,
    required,
    multiple,
    hidden,
    read: (given) => readWords(type, config, given) as Value<T, C>,
  };
}

function readWords<T>(type: ValueType<T>, config: ValueConfig, given: readonly string[]): unknown {
  const name = config.flags.at(-1);
  const parse = (word: string): T => {
    try {
      return type.parse(word);
    } catch (error) {
      if (error instanceof BadValue) throw new BadValue(`Invalid value for ${name}: ${error.message}`);
      throw error;
    }
  };
  if (config.multiple) return given.length > 0 ? given.map(parse) : (config.default ?? []);
  const last = given.at(-1);
  return last === undefined ? config.default : parse(last);
}

export const text = <const C extends ValueConfig>(config: C) => valued(textType, config);
export const path = <const C extends ValueConfig>(config: C) => valued(pathType, config);
export const integer = <const C extends ValueConfig>(config: C) => valued(integerType, config);
/** A whole number, 0 or more. */
export const natural = <const C extends ValueConfig>(config: C) => valued(naturalType, config);
export const decimal = <const C extends ValueConfig>(config: C) => valued(decimalType, config);
/** Seconds, written with or without units. */
export const duration = <const C extends ValueConfig>(config: C) => valued(durationType, config);
export const choice = <const W extends string, const C extends ValueConfig>(config: C & { choices: readonly W[] }) =>
  valued<W, C>(choiceType(config.choices), config);
