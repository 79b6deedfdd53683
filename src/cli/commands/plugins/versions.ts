import type { UpdatePlugins } from "../../../client/resources/plugins.ts";
import { usageError } from "../../errors.ts";

/** Which plugins move, and how far. */
export interface VersionsWanted {
  pluginNames: string[];
  toLatest: string[];
  allToLatest: boolean;
  toMinor: string[];
  allToMinor: boolean;
  force: boolean;
  autoCorrectTypes: boolean;
  reevaluateActiveStatuses: boolean;
}

/** The request, without what is not wanted. @throws CfyError two wishes exclude each other */
export function versionsRequest(wanted: VersionsWanted): UpdatePlugins {
  const { toLatest, toMinor, allToMinor } = wanted;
  if (wanted.allToLatest && allToMinor) throw excluded("--all-to-latest", "--all-to-minor");
  const allToLatest = wanted.allToLatest || !allToMinor;
  if (allToLatest && toLatest.length > 0) throw excluded("--all-to-latest (the default)", "--to-latest");
  if (allToMinor && toMinor.length > 0) throw excluded("--all-to-minor", "--to-minor");
  const request: UpdatePlugins = {
    plugin_names: wanted.pluginNames,
    to_latest: toLatest,
    all_to_latest: allToLatest,
    to_minor: toMinor,
    all_to_minor: allToMinor,
    force: wanted.force,
    auto_correct_types: wanted.autoCorrectTypes,
    reevaluate_active_statuses: wanted.reevaluateActiveStatuses,
  };
  const meant = Object.entries(request).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value));
  return Object.fromEntries(meant);
}

const excluded = (one: string, other: string) =>
  usageError(`${one} and ${other} exclude each other`, {
    hint: "To move only some plugins, name them with --plugin-name.",
  });
