import type { Filter, FilterRule } from "../../../../api/selection.ts";
import type { Client } from "../../../../client/index.ts";
import { argument } from "../../../command.ts";
import { ruleText } from "../../../inputs/filter-rules.ts";
import { filterOptions } from "../../../options/filter.ts";
import type { Column } from "../../../output/column.ts";

export type Filtered = "blueprints" | "deployments";

export const filterId = (of: Filtered) =>
  argument({ help: "Id of the filter", complete: of === "blueprints" ? "blueprint-filter" : "filter" });

export const filtersOf = (client: Client, of: Filtered) =>
  of === "blueprints" ? client.blueprintFilters : client.deploymentFilters;

const { filterId: _narrowing, ...rules } = filterOptions;
/** The rules that a filter is made of. */
export const ruleOptions = rules;

/** One text of all rules, as the original has it in JSON, too; null without any. */
const rulesText = (found: readonly FilterRule[] | null): string | null =>
  found && found.length > 0 ? found.map((rule) => `"${ruleText(rule)}"`).join(",") : null;

export const FILTER_COLUMNS: readonly Column<Filter>[] = [
  { key: "id" },
  { key: "labels_filter_rules", value: ({ labels_filter_rules: found }) => rulesText(found) },
  { key: "attrs_filter_rules", value: ({ attrs_filter_rules: found }) => rulesText(found) },
  { key: "created_at" },
  { key: "updated_at" },
  { key: "visibility" },
  { key: "tenant_name" },
  { key: "created_by" },
];

/** Of one filter there is more to tell. */
export const WHOLE_FILTER_COLUMNS: readonly Column<Filter>[] = [
  ...FILTER_COLUMNS,
  { key: "is_system_filter", extended: true },
  { key: "resource_availability", extended: true },
  { key: "private_resource", extended: true },
];
