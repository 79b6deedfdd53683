import type { Json } from "../../api/resources.ts";
import { booleanOr } from "../booleans.ts";
import { badParameters } from "../refusal.ts";

/** What an update may be told; each becomes a parameter of its workflow under the same name. */
export interface UpdateFlags {
  preview: boolean;
  runtime_only_evaluation: boolean;
  force: boolean;
  workflow_id: string | null;
  reinstall_list: string[];
  reevaluate_active_statuses: boolean;
  auto_correct_types: boolean;
  update_plugins: boolean;
  install_first: boolean;
  ignore_failure: boolean;
  skip_reinstall: boolean;
  skip_uninstall: boolean;
  skip_install: boolean;
  skip_drift_check: boolean;
  force_reinstall: boolean;
  skip_heal: boolean;
}

/** What a request or the parameters of a workflow say; what they do not mention is as usual. @throws bad_parameters_error */
export function flagsIn(given: Readonly<Record<string, Json | undefined>>): UpdateFlags {
  const flag = (key: string, absent = false) => booleanOr(given[key] ?? undefined, key, absent);
  return {
    preview: flag("preview"),
    runtime_only_evaluation: flag("runtime_only_evaluation"),
    force: flag("force"),
    workflow_id: textIn(given["workflow_id"]),
    reinstall_list: textsIn(given["reinstall_list"]),
    reevaluate_active_statuses: flag("reevaluate_active_statuses"),
    auto_correct_types: flag("auto_correct_types"),
    update_plugins: flag("update_plugins", true),
    install_first: flag("install_first"),
    ignore_failure: flag("ignore_failure"),
    skip_reinstall: flag("skip_reinstall"),
    skip_uninstall: flag("skip_uninstall"),
    skip_install: flag("skip_install"),
    skip_drift_check: flag("skip_drift_check"),
    force_reinstall: flag("force_reinstall"),
    skip_heal: flag("skip_heal"),
  };
}

function textIn(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  throw badParameters(`workflow_id must be a text, got ${JSON.stringify(value)}`);
}

function textsIn(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw badParameters(`reinstall_list must be a list of node instance ids, got ${JSON.stringify(value)}`);
}
