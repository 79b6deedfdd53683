import types13 from "./types_1_3.yaml?raw";
import types14 from "./types_1_4.yaml?raw";
import types15 from "./types_1_5.yaml?raw";

const BY_MINOR_VERSION: Readonly<Record<number, string>> = { 3: types13, 4: types14, 5: types15 };
const NAME = /^cloudify\/types\/types(?:_1_([345]))?\.yaml$/;
/** Blueprints of all ages import the types from one of these addresses; they are answered without a network. */
const ADDRESS = /^https?:\/\/(?:www\.)?(?:getcloudify\.org|cloudify\.co)\/spec\/cloudify\/[^/]+\/types\.yaml$/;

export const builtInTypesName = "cloudify/types/types.yaml";

/** The language's own types under the name or address a blueprint imports them by, made for the blueprint's version. */
export function builtInTypes(location: string, rootMinor: number): { location: string; text: string } | undefined {
  const named = NAME.exec(location);
  if (!named && !ADDRESS.test(location)) return undefined;
  const minor = named?.[1] === undefined ? rootMinor : Number(named[1]);
  // A blueprint older than the oldest types gets the oldest, and is told that they are too new for it.
  const text = BY_MINOR_VERSION[minor] ?? (minor < 3 ? types13 : types15);
  return { location, text };
}
