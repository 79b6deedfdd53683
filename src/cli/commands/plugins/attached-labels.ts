import type { JsonObject } from "../../../api/resources.ts";
import { argument, command, type Group, group } from "../../command.ts";
import { ExitCode } from "../../exit-code.ts";
import { labelText, parseLabels, parseLabelsToDelete } from "../../inputs/labels.ts";
import { tenantOption } from "../../options/common.ts";
import type { Column } from "../../output/column.ts";
import { LABEL_COLUMNS, type LabelRow, showByKey } from "../shapes/labels/show.ts";
import { pluginId } from "./plugin-id.ts";

/** Values by key. */
type Attached = Record<string, string[]>;

interface Kind {
  /** The group of commands. */
  name: string;
  /** The field of a plugin that holds them. */
  field: "blueprint_labels" | "labels" | "resource_tags";
  noun: string;
  whose: string;
  columns?: readonly Column<LabelRow>[];
}

const FORM = "key:value,key:value; a comma or colon inside a value takes a \\\\ before it";

/** The commands for what a plugin attaches to all that uses it. The API knows only how to replace the whole. */
function attachedLabels({ name, field, noun, whose, columns = LABEL_COLUMNS }: Kind): Group {
  const attachedTo = (plugin: object): Attached => ({ ...((plugin as JsonObject)[field] as Attached | null) });

  const list = command({
    name: "list",
    summary: `List the ${noun} that a plugin gives ${whose}`,
    arguments: { pluginId },
    options: { tenant: tenantOption },
    columns,
    examples: [[`cfy plugins ${name} list 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11`, "one row for each key"]],
    async run(ctx, { pluginId, tenant }) {
      const attached = attachedTo(await ctx.client({ tenant }).plugins.get(pluginId));
      const rows = Object.entries(attached).map(([key, values]) => ({ key, values: [values].flat() }));
      await showByKey(ctx, rows, { title: "Plugin labels", columns });
      return ExitCode.Ok;
    },
  });

  const add = command({
    name: "add",
    summary: `Add ${noun} that a plugin gives ${whose}`,
    arguments: { labels: argument({ help: FORM, metavar: "LABELS_LIST" }), pluginId },
    options: { tenant: tenantOption },
    examples: [[`cfy plugins ${name} add team:blue 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11`, "beside those it has"]],
    async run(ctx, { labels, pluginId, tenant }) {
      const { plugins } = ctx.client({ tenant });
      const wanted = parseLabels(labels);
      const attached = withLabels(attachedTo(await plugins.get(pluginId)), wanted);
      await plugins.update(pluginId, { [field]: attached });
      ctx.output.line(`The ${noun} of plugin ${pluginId} have ${labels}`);
      return ExitCode.Ok;
    },
  });

  const remove = command({
    name: "delete",
    summary: `Remove ${noun} that a plugin gives ${whose}`,
    arguments: {
      label: argument({ help: "key:value,…; a key alone removes all its values", metavar: "LABEL" }),
      pluginId,
    },
    options: { tenant: tenantOption },
    examples: [[`cfy plugins ${name} delete team 9f6f4a2c-4c0b-4d5c-8a54-6f2f0e3d9b11`, "whatever its values"]],
    async run(ctx, { label, pluginId, tenant }) {
      const { plugins } = ctx.client({ tenant });
      const unwanted = parseLabelsToDelete(label);
      const attached = attachedTo(await plugins.get(pluginId));
      if (Object.keys(attached).length > 0) {
        await plugins.update(pluginId, { [field]: withoutLabels(attached, unwanted) });
      }
      ctx.output.line(`The ${noun} of plugin ${pluginId} are without ${label}`);
      return ExitCode.Ok;
    },
  });

  return group({ name, summary: `Look after the ${noun} that a plugin gives ${whose}`, commands: [list, add, remove] });
}

function withLabels(attached: Attached, labels: readonly Record<string, string>[]): Attached {
  for (const [key, value] of labels.flatMap(Object.entries<string>)) {
    attached[key] = [...new Set([...(attached[key] ?? []), value])];
  }
  return attached;
}

function withoutLabels(attached: Attached, labels: ReadonlySet<string>): Attached {
  const left = Object.entries(attached)
    .filter(([key]) => !labels.has(key.toLowerCase()))
    .map(([key, values]): [string, string[]] => [
      key,
      values.filter((value) => !labels.has(labelText({ [key]: value }))),
    ]);
  return Object.fromEntries(left);
}

export const blueprintLabels = attachedLabels({
  name: "blueprint-labels",
  field: "blueprint_labels",
  noun: "labels",
  whose: "blueprints that use it",
});

export const deploymentLabels = attachedLabels({
  name: "deployment-labels",
  field: "labels",
  noun: "labels",
  whose: "deployments that use it",
});

export const resourceTags = attachedLabels({
  name: "resource-tags",
  columns: [{ key: "key" }, { key: "value", value: ({ values }) => values }],
  field: "resource_tags",
  noun: "tags",
  whose: "resources that it makes",
});
