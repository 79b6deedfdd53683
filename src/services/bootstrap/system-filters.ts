import type { FilterRule } from "../../api/selection.ts";

const label = (key: string, operator: FilterRule["operator"], ...values: string[]): FilterRule => ({
  key,
  values,
  operator,
  type: "label",
});

const OUTERMOST = label("csys-obj-parent", "is_null");

/** Filters of deployments that every manager has, for all its tenants. Nobody can make or change one of these names. */
export const SYSTEM_FILTERS: Readonly<Record<string, readonly FilterRule[]>> = {
  "csys-environment-filter": [label("csys-obj-type", "any_of", "environment"), OUTERMOST],
  "csys-service-filter": [label("csys-obj-type", "is_not", "environment"), OUTERMOST],
  "csys-k8s-filter": [label("obj-type", "any_of", "k8s")],
  "csys-terraform-filter": [label("obj-type", "any_of", "terraform")],
};
