import { sequence, table, text } from "../column.ts";

const columns = {
  storage_id: sequence,
  tenant_name: text,
  resource_id: text,
  key: text,
  value: text,
  created_by: text,
  created_at: text,
};

export const blueprintLabels = table("blueprint_labels", columns);
export const deploymentLabels = table("deployment_labels", columns);
export const deploymentGroupLabels = table("deployment_group_labels", columns);
