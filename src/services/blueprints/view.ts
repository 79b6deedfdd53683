import type { Blueprint, Execution, Label } from "../../api/resources.ts";
import type { BlueprintRow, Repositories } from "../../storage/index.ts";
import { executionView } from "../executions/view.ts";
import { visibilityForms } from "../views.ts";

/** In the order of the wire. */
export const BLUEPRINT_FIELDS = [
  "created_at",
  "id",
  "visibility",
  "main_file_name",
  "plan",
  "requirements",
  "updated_at",
  "description",
  "is_hidden",
  "state",
  "error",
  "error_traceback",
  "tenant_name",
  "created_by",
  "resource_availability",
  "private_resource",
  "labels",
  "upload_execution",
] as const satisfies (keyof Blueprint)[];

/** Blueprints with what belongs to them: their labels and the executions that uploaded them. */
export async function blueprintViews(read: Repositories, rows: readonly BlueprintRow[]): Promise<Blueprint[]> {
  const labels = new Map<string, Map<string, Label[]>>();
  for (const tenant of new Set(rows.map(({ tenant_name }) => tenant_name))) {
    const ids = rows.filter(({ tenant_name }) => tenant_name === tenant).map(({ id }) => id);
    labels.set(tenant, await read.blueprintLabels.of(tenant, ids));
  }
  return Promise.all(
    rows.map(async (row) => {
      const upload = row.upload_execution_id ? await read.executions.get(row.upload_execution_id) : undefined;
      return blueprintView(row, labels.get(row.tenant_name)?.get(row.id) ?? [], upload ? executionView(upload) : null);
    }),
  );
}

export async function viewOfBlueprint(read: Repositories, row: BlueprintRow): Promise<Blueprint> {
  const [view] = await blueprintViews(read, [row]);
  return view as Blueprint;
}

const blueprintView = (row: BlueprintRow, labels: Label[], upload: Execution | null): Blueprint => ({
  created_at: row.created_at,
  id: row.id,
  visibility: row.visibility,
  main_file_name: row.main_file_name,
  plan: row.plan ?? null,
  requirements: row.requirements,
  updated_at: row.updated_at,
  description: row.description,
  is_hidden: row.is_hidden,
  state: row.state,
  error: row.error,
  error_traceback: row.error_traceback,
  tenant_name: row.tenant_name,
  created_by: row.created_by,
  ...visibilityForms(row.visibility),
  labels,
  upload_execution: upload,
});
