import { pythonJson } from "../../lib/python-json.ts";
import type { OutputStream } from "../io.ts";
import { blockWriter } from "./block-writer.ts";
import { type Column, pickColumns, valueIn } from "./column.ts";
import type { Output, OutputChoice } from "./output.ts";

/** JSON, JSON lines and YAML: one object per row, keyed by the columns. */
export function jsonOutput(stdout: OutputStream, choice: OutputChoice): Output {
  const asObject = <Row>(columns: readonly Column<Row>[]) => {
    const picked = choice.columns ? pickColumns(columns, choice.columns) : columns;
    return (row: Row): Record<string, unknown> =>
      Object.fromEntries(picked.map((column) => [column.key, valueIn(row, column)]));
  };
  const write = async (value: unknown): Promise<void> => {
    if (choice.format !== "yaml") return stdout.write(`${pythonJson(value)}\n`);
    stdout.write(await yamlText(value));
  };

  const said: string[] = [];
  return {
    format: choice.format,
    time: (value) => value,
    async rows(source, { columns }) {
      const objectOf = asObject(columns);
      const writer = blockWriter(stdout);
      if (choice.format === "yaml") {
        let any = false;
        for await (const row of source) {
          any = true;
          // One sequence, item after item.
          await writer.write(await yamlText([objectOf(row)]));
        }
        if (!any) await writer.write("[]\n");
        return await writer.flush();
      }
      const list = choice.format === "json";
      let separator = list ? "[\n" : "";
      for await (const row of source) {
        const full = writer.write(`${separator}${pythonJson(objectOf(row))}${list ? "" : "\n"}`);
        if (full) await full;
        if (list) separator = ",\n";
      }
      if (list) await writer.write(`${separator === ",\n" ? "" : separator}\n]\n`);
      await writer.flush();
    },
    record: async (row, { columns }) => await write(asObject(columns)(row)),
    details: async (_title, values) => await write(values),
    async document(value) {
      if (choice.format !== "jsonl" || !Array.isArray(value)) return await write(value);
      for (const each of value) await write(each);
    },
    text: (write) => write(stdout),
    line: (text) => void said.push(text),
    async conclude() {
      if (said.length > 0) await write({ message: said.join("\n") });
      else if (choice.format !== "jsonl") await write({});
    },
  };
}

async function yamlText(value: unknown): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(value, { aliasDuplicateObjects: false });
}
