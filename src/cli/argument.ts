import type { Completer } from "./completion/completer.ts";
import { textType, type ValueType } from "./value-type.ts";

/** A positional argument as data; `read` makes its value from the words that fell to it. */
export interface ArgumentSpec<T = unknown> {
  readonly help: string;
  /** Upper-case name in usage lines; from the property name when left out. */
  readonly metavar?: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly type: ValueType<unknown>;
  readonly complete?: Completer;
  read(given: readonly string[]): T;
}

interface ArgumentConfig {
  help: string;
  metavar?: string;
  /** True unless said otherwise. */
  required?: boolean;
  /** Takes all words that are left; the value is a list. */
  variadic?: boolean;
  /** Text unless said otherwise. */
  type?: ValueType<unknown>;
  complete?: Completer;
}

type Word<C> = C extends { type: ValueType<infer T> } ? T : string;

type Value<C> = C extends { variadic: true }
  ? Word<C>[]
  : C extends { required: false }
    ? Word<C> | undefined
    : Word<C>;

export function argument<const C extends ArgumentConfig>(config: C): ArgumentSpec<Value<C>> {
  const { required = true, variadic = false, type = textType as ValueType<unknown> } = config;
  const read = (words: readonly string[]): unknown => {
    const [first] = words;
    if (variadic) return words.map(type.parse);
    return first === undefined ? undefined : type.parse(first);
  };
  return { ...config, required, variadic, type, read: (words) => read(words) as Value<C> };
}

/** The name an argument has in usage lines and messages. */
export const metavarOf = (key: string, spec: { metavar?: string }): string =>
  spec.metavar ?? key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
