import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Column } from "../../../../src/cli/output/column.ts";
import { FORMATS, type Format } from "../../../../src/cli/output/format.ts";
import { type OutputChoice, outputTo } from "../../../../src/cli/output/output.ts";
import { timeForm } from "../../../../src/cli/output/time-form.ts";
import { world } from "../../../helpers/cfy.ts";

interface Row {
  id: string;
  workflow_id: string;
  created_at: string;
  is_dry_run: boolean;
  labels: string[];
  error?: string | null;
}

const columns: Column<Row>[] = [
  { key: "id" },
  { key: "workflow_id" },
  { key: "created_at" },
  { key: "dry_run", value: (row) => row.is_dry_run },
  { key: "labels", extended: true },
  { key: "error" },
];
const row: Row = {
  id: "3d4609e8",
  workflow_id: "install",
  created_at: "2026-11-23T02:45:34.922Z",
  is_dry_run: false,
  labels: ["a", "b"],
};

async function written(rows: Iterable<Row>, choice: Partial<OutputChoice>, tty?: number) {
  const { world: around, written: texts } = world({ tty });
  const { stdout, stderr } = around.io;
  const time = timeForm("iso", around.clock);
  const output = outputTo(
    stdout,
    { format: "table", headers: true, extended: false, wide: false, time, ...choice },
    (text) => stderr.write(text),
  );
  await output.rows(rows, { title: "Executions:", columns });
  return texts();
}

describe("a list", () => {
  it("as a table has the frame, the title and the centred cells of the original", async () => {
    expect((await written([row, { ...row, id: "1", error: "x\ny" }], {})).stdout).toBe(`
Executions:
+----------+-------------+-------------------------+---------+-------+
|    id    | workflow_id |        created_at       | dry_run | error |
+----------+-------------+-------------------------+---------+-------+
| 3d4609e8 |   install   | 2026-11-23 02:45:34.922 |  False  |       |
|    1     |   install   | 2026-11-23 02:45:34.922 |  False  |   x   |
|          |             |                         |         |   y   |
+----------+-------------+-------------------------+---------+-------+

`);
  });

  it("without rows is a table without rows", async () => {
    const rule = "+----+-------------+------------+---------+-------+";
    expect((await written([], {})).stdout).toBe(
      `\nExecutions:\n${rule}\n| id | workflow_id | created_at | dry_run | error |\n${rule}\n${rule}\n\n`,
    );
  });

  it("in the extended view is one block per row with every field", async () => {
    const { stdout } = await written([row], { extended: true });
    expect(stdout).toContain("\nExecutions: [RECORD 1]\n+-------------+-------------------------+\n| Field ");
    expect(stdout).toContain("| labels      | a,b                     |");
    expect((await written([], { extended: true })).stdout).toBe("\nExecutions: [NO RECORDS]\n");
  });

  it("as JSON is one object per line, keyed by column, with what the table leaves out", async () => {
    expect((await written([row, row], { format: "json" })).stdout).toMatch(
      /^\[\n\{"id": "3d4609e8", .*"dry_run": false, "labels": \["a", "b"\], "error": null\},\n\{.*\}\n\]\n$/,
    );
    expect((await written([], { format: "json" })).stdout).toBe("[\n\n]\n");
  });

  it.each<[Format, string]>([
    [
      "csv",
      'id,workflow_id,created_at,dry_run,labels,error\n3d4609e8,install,2026-11-23T02:45:34.922Z,false,"[""a"", ""b""]",\n',
    ],
    [
      "tsv",
      'id\tworkflow_id\tcreated_at\tdry_run\tlabels\terror\n3d4609e8\tinstall\t2026-11-23T02:45:34.922Z\tfalse\t["a", "b"]\t\n',
    ],
    ["id", "3d4609e8\n"],
    [
      "jsonl",
      '{"id": "3d4609e8", "workflow_id": "install", "created_at": "2026-11-23T02:45:34.922Z", "dry_run": false, "labels": ["a", "b"], "error": null}\n',
    ],
  ])("as %s", async (format, expected) => {
    expect((await written([row], { format })).stdout).toBe(expected);
  });

  it("as YAML parses back to what JSON says", async () => {
    const yaml = (await written([row], { format: "yaml" })).stdout;
    expect(parse(yaml)).toEqual(JSON.parse((await written([row], { format: "json" })).stdout));
  });

  it.each<[Format, string]>([
    ["csv", "error,id\n,3d4609e8\n"],
    ["json", '[\n{"error": null, "id": "3d4609e8"}\n]\n'],
    [
      "table",
      "\nExecutions:\n+-------+----------+\n| error |    id    |\n+-------+----------+\n|       | 3d4609e8 |\n+-------+----------+\n\n",
    ],
  ])("as %s has the columns that were asked for, in their order", async (format, expected) => {
    expect((await written([row], { format, columns: ["error", "id"] })).stdout).toBe(expected);
  });

  it("says nothing but rows without headers", async () => {
    expect((await written([row], { format: "csv", headers: false, columns: ["id"] })).stdout).toBe("3d4609e8\n");
    expect((await written([row], { headers: false, columns: ["id"] })).stdout).toBe(
      "+----------+\n| 3d4609e8 |\n+----------+\n",
    );
  });

  it.each<[Format, string]>([
    ["table", "\nExecutions:\n+-------------+\n|  created_at |\n+-------------+\n| 2 years ago |\n+-------------+\n\n"],
    ["csv", "created_at\n2 years ago\n"],
    ["json", '[\n{"created_at": "2023-11-23T02:45:34.922Z"}\n]\n'],
  ])("as %s has its times in the form that was asked for, but for programs as they are", async (format, expected) => {
    const time = timeForm("relative", { now: () => Date.UTC(2026, 0, 1) });
    const rows = [{ ...row, created_at: "2023-11-23T02:45:34.922Z" }];
    expect((await written(rows, { format, time, columns: ["created_at"] })).stdout).toBe(expected);
  });

  it("leaves a text that begins like a time as it is", async () => {
    const { stdout } = await written([{ ...row, error: "2026-11-23 The Test" }], { columns: ["error"] });
    expect(stdout).toContain("| 2026-11-23 The Test |");
  });

  it("keeps a spreadsheet from running what a value says", async () => {
    const { stdout } = await written([{ ...row, error: '=cmd|" /C calc"!A0' }], { format: "csv", columns: ["error"] });
    expect(stdout).toBe(`error\n"'=cmd|"" /C calc""!A0"\n`);
  });
});

describe("on a terminal", () => {
  const long = { ...row, error: "a very long explanation of what went wrong with this execution" };

  it("long texts are cut, ids and times are not", async () => {
    const { stdout, stderr } = await written([long], {}, 80);
    expect(stdout).toContain("| 3d4609e8 |   install   | 2026-11-23 02:45:34.922 |  False  | a very long ex… |");
    expect(stderr).toBe("");
  });

  it("what has no room even when cut is named on stderr", async () => {
    const { stdout, stderr } = await written([long], {}, 30);
    expect(stdout).toContain("| 3d4609e8 |   install   |");
    expect(stderr).toBe(
      "Not shown for lack of room:\nerror, dry_run, created_at\n(--wide and -x show every\nfield, --columns chooses)",
    );
  });

  it("what is wide makes room for what is narrow and wanted less", async () => {
    const { stdout, stderr } = await written([long], {}, 50);
    expect(stdout).toContain("| 3d4609e8 |   install   |  False  | a very lon… |");
    expect(stderr).toMatch(/^Not shown for lack of room: created_at \(/);
  });

  it("one thing that is too wide for a table is a line for each field, whole", async () => {
    const { world: around, written: texts } = world({ tty: 80 });
    const time = timeForm("iso", around.clock);
    const choice: OutputChoice = { format: "table", headers: true, extended: false, wide: false, time };
    await outputTo(around.io.stdout, choice, () => {}).record(long, { title: "Execution:", columns });
    expect(texts().stdout).toBe(`
Execution:
\tid:              3d4609e8
\tworkflow_id:     install
\tcreated_at:      2026-11-23 02:45:34.922
\tdry_run:         False
\terror:           ${long.error}

`);
    expect((await written([long], { extended: true }, 60)).stdout).toContain(
      "[RECORD 1]\n\tid:              3d4609e8\n",
    );
  });

  it("with --wide every field is there, and whole", async () => {
    const { stdout, stderr } = await written([long], { wide: true }, 50);
    expect(stdout).toContain(`|  False  |  a,b   | ${long.error} |`);
    expect(stderr).toBe("");
  });

  it("a table of any length has the widths of its first ten thousand rows: later texts are cut to them, ids never", async () => {
    const many = Array.from({ length: 10_000 }, () => ({ ...row, error: "short" }));
    const late = { ...row, id: "much-longer-than-all-before", error: "longer, too" };
    const { stdout } = await written([...many, late], { columns: ["id", "error"] }, 80);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.slice(-3)).toEqual([
      "| 3d4609e8 | short |",
      "| much-longer-than-all-before | long… |",
      "+----------+-------+",
    ]);
    const piped = (await written([...many, late], { columns: ["id", "error"] })).stdout;
    expect(piped.trimEnd().split("\n").at(-2)).toBe("| much-longer-than-all-before | longer, too |");
  });

  it("every table of short ids fits", async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("日本語のテキスト", "🙂🙂🙂", "é".repeat(30)));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 4 }), fc.integer({ min: 40, max: 200 }), async (errors, width) => {
        const rows = errors.map((error) => ({ ...row, error: error.replace(/\p{C}/gu, "") }));
        const { stdout } = await written(rows, {}, width);
        const widths = stdout
          .split("\n")
          .filter((line) => /^[+|]/.test(line))
          .map((line) => stringWidth(line));
        expect(Math.max(...widths)).toBeLessThanOrEqual(width);
        expect(new Set(widths).size).toBe(1);
      }),
    );
  });
});

it.each(FORMATS.filter((format) => format === "json" || format === "jsonl"))(
  "%s escapes as the original does",
  async (format) => {
    const { stdout } = await written([{ ...row, error: "é\u007f🙂\n" }], { format });
    expect(stdout).toContain('"error": "\\u00e9\\u007f\\ud83d\\ude42\\n"');
  },
);
