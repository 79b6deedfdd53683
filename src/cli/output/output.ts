import type { OutputStream } from "../io.ts";
import type { Column } from "./column.ts";
import { delimitedOutput } from "./delimited-output.ts";
import type { Format } from "./format.ts";
import { jsonOutput } from "./json-output.ts";
import { tableOutput } from "./table-output.ts";
import type { TimeForm } from "./time-form.ts";

/** What follows a record in text: named values, or a list. */
export interface Section {
  title: string;
  content: Readonly<Record<string, unknown>> | readonly unknown[];
}

export interface RowsOptions<Row> {
  /** Above the table: "Deployments:" */
  title: string;
  columns: readonly Column<Row>[];
}

export interface RecordOptions<Row> extends RowsOptions<Row> {
  /** Shown below the table in text; machine formats carry the same as extended columns. */
  sections?: readonly Section[];
}

/** Results on stdout. One call makes one whole document, so a command makes one call. */
export interface Output {
  readonly format: Format;
  /** For what is told in lines: a time as `--time-format` says. */
  readonly time: TimeForm;
  /** Rows of one kind. An async source is written as it arrives where the format allows it. */
  rows<Row>(rows: Iterable<Row> | AsyncIterable<Row>, options: RowsOptions<Row>): Promise<void>;
  /** One thing with its fields. */
  record<Row>(row: Row, options: RecordOptions<Row>): Promise<void>;
  /** Named values: lines in text, an object in machine formats. */
  details(title: string, values: Readonly<Record<string, unknown>>): Promise<void>;
  /** A value of any shape: as `inText` says for people, the value itself for programs. */
  document(value: unknown, inText: () => string): Promise<void>;
  /** For rows that come one by one, in formats that are made of rows: the text of each, the heads before the first. */
  rowTexts?<Row>(columns: readonly Column<Row>[]): (row: Row) => string;
  /** Lines that the caller writes, as many as it wants. */
  text(write: (stdout: OutputStream) => Promise<void>): Promise<void>;
  /** A line of outcome for people; for programs only where they get nothing else. */
  line(text: string): void;
  /** For a command that has worked and written nothing: what stands for that in a format that is one document. */
  conclude(): Promise<void>;
}

export interface OutputChoice {
  format: Format;
  /** `--columns` */
  columns?: readonly string[];
  headers: boolean;
  /** `--wide`: every column, and whole. */
  wide: boolean;
  /** `--time-format` */
  time: TimeForm;
  extended: boolean;
}

/** The renderer of the chosen format. */
export function outputTo(stdout: OutputStream, choice: OutputChoice, notice: (text: string) => void): Output {
  switch (choice.format) {
    case "table":
      return tableOutput(stdout, choice, notice);
    case "json":
    case "jsonl":
    case "yaml":
    case "sarif":
      return jsonOutput(stdout, choice);
    case "csv":
    case "tsv":
    case "id":
      return delimitedOutput(stdout, choice);
  }
}
