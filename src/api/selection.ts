/** How resources are found and grouped: filters, sites, summaries. */
import type { TenantResource } from "./resources.ts";

export type FilterRuleType = "label" | "attribute";

export interface FilterRule {
  key: string;
  values: string[];
  /** Labels: any_of, not_any_of, is_not, is_null, is_not_null. Attributes: any_of, not_any_of, contains, … */
  operator: string;
  type: FilterRuleType;
}

export interface Filter extends TenantResource {
  value: FilterRule[];
  labels_filter_rules: FilterRule[];
  attrs_filter_rules: FilterRule[];
  updated_at: string | null;
  is_system_filter: boolean;
}

/** What a search takes in its body, apart from the query of the list. */
export interface Search {
  filter_rules?: FilterRule[];
  constraints?: Record<string, unknown>;
}

export interface Site extends Omit<TenantResource, "id"> {
  name: string;
  latitude: number | null;
  longitude: number | null;
  /** `latitude, longitude` */
  location: string | null;
}

/** A value, how many have it, and perhaps the same counts by a second field. */
export type SummaryItem = Record<string, unknown>;
