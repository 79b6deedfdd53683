import type { ArgumentSpec } from "../../argument.ts";
import type { Column } from "../../output/column.ts";

/** What the commands that many kinds of resource share have to know of one. */
export interface ResourceKind<Row> {
  /** How sentences call one: `deployment group`. */
  noun: string;
  /** How the command line calls them: `deployments groups`. */
  group: string;
  /** The argument that names one. */
  id: ArgumentSpec<string>;
  /** One that examples speak of. */
  example: string;
  /** Above a table of one. */
  title: string;
  columns: readonly Column<Row>[];
}
