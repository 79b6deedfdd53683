import type { DeploymentUpdate, DeploymentUpdateStep } from "../../../api/deployment-changes.ts";
import type { Context } from "../../context.ts";
import type { Column } from "../../output/column.ts";
import type { Section } from "../../output/output.ts";

export const UPDATE_COLUMNS: readonly Column<DeploymentUpdate>[] = [
  { key: "id" },
  { key: "deployment_id" },
  { key: "tenant_name" },
  { key: "state" },
  { key: "execution_id" },
  { key: "created_at" },
  { key: "visibility" },
  { key: "old_blueprint_id" },
  { key: "new_blueprint_id" },
  { key: "old_inputs", extended: true },
  { key: "new_inputs", extended: true },
  { key: "steps", extended: true },
  { key: "recursive_dependencies", extended: true },
  { key: "schedules_to_create", extended: true },
  { key: "schedules_to_delete", extended: true },
  { key: "labels_to_create", extended: true },
];

/** What is only looked at runs nowhere. */
const PREVIEW_COLUMNS = UPDATE_COLUMNS.map((column) =>
  column.key === "id" || column.key === "execution_id" ? { ...column, extended: true } : column,
);

/** An update with its inputs and steps; a preview also says what would happen to the nodes. */
export function showUpdate(
  ctx: Context,
  update: DeploymentUpdate,
  preview?: { reinstallList: readonly string[] },
): Promise<void> {
  const sections: Section[] = [
    { title: "Old inputs:", content: update.old_inputs ?? {} },
    { title: "New inputs:", content: update.new_inputs ?? {} },
    { title: "Steps:", content: stepLines(update.steps) },
    ...(preview ? effects(update, preview.reinstallList) : []),
  ];
  const columns = preview ? PREVIEW_COLUMNS : UPDATE_COLUMNS;
  return ctx.output.record(update, { title: "Deployment Update:", columns, sections });
}

/** One line for each step; workflows, which are always set anew, share theirs. */
function stepLines(steps: readonly DeploymentUpdateStep[]): string[] {
  const workflows = steps.filter(({ action, entity_type }) => action === "modify" && entity_type === "workflow");
  const others = steps.filter((step) => !workflows.includes(step));
  return [
    ...others.map((step) => `${step.action} ${step.entity_type} ${pathOf(step).join(": ")}`),
    ...(workflows.length === 0 ? [] : [`modify workflow ${workflows.map((step) => pathOf(step)[1]).join(", ")}`]),
  ];
}

function effects({ steps }: DeploymentUpdate, reinstallList: readonly string[]): Section[] {
  const nodes = (types: readonly string[], actions: readonly string[]) => [
    ...new Set(
      steps
        .filter(({ action, entity_type }) => types.includes(entity_type) && actions.includes(action))
        .flatMap((step) => pathOf(step)[1] ?? []),
    ),
  ];
  return [
    { title: "Installed nodes:", content: nodes(["node"], ["add"]) },
    { title: "Uninstalled nodes:", content: nodes(["node"], ["remove"]) },
    { title: "Nodes to update or reinstall:", content: nodes(["property"], ["add", "remove", "modify"]) },
    { title: "Node instances to reinstall as asked:", content: reinstallList },
  ];
}

const pathOf = ({ entity_id }: DeploymentUpdateStep): string[] =>
  typeof entity_id === "string" ? entity_id.split(":") : entity_id;
