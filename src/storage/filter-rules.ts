import { type Expression, type SqlBool, sql } from "kysely";
import type { Table } from "./column.ts";
import { columnSql } from "./column-sql.ts";

/** One condition of a filter, checked by whoever read it. */
export interface FilterRule {
  type: "label" | "attribute";
  key: string;
  operator: string;
  values: readonly string[];
}

/** The rows for which a rule holds. `labels` names the table that holds the labels of these resources. */
export function ruleCondition(table: Table, labels: string | undefined, rule: FilterRule): Expression<SqlBool> {
  if (rule.type === "attribute") return attributeCondition(table, rule);
  if (labels === undefined) throw new Error(`${table.name} have no labels to filter by`);
  return labelCondition(table, labels, rule);
}

/** The smallest value that a resource's label has: what sorting by a label goes by. */
export const labelValue = (table: Table, labels: string, key: string) =>
  sql`(select min(label.value) from ${sql.table(labels)} as label where ${belongs(table)} and label.key = ${key})`;

const belongs = (table: Table) =>
  sql`label.tenant_name = ${columnSql(table, "tenant_name")} and label.resource_id = ${columnSql(table, "id")}`;

function labelCondition(table: Table, labels: string, { key, operator, values }: FilterRule): Expression<SqlBool> {
  const has = (condition: Expression<SqlBool>) =>
    sql<SqlBool>`exists (select 1 from ${sql.table(labels)} as label
      where ${belongs(table)} and label.key = ${key} and ${condition})`;
  const among = sql<SqlBool>`label.value in (${sql.join([...values])})`;
  const any = sql<SqlBool>`1 = 1`;
  switch (operator) {
    case "any_of":
      return has(among);
    case "not_any_of":
      return has(sql<SqlBool>`not ${among}`);
    case "is_not":
      return sql<SqlBool>`not ${has(among)}`;
    case "is_null":
      return sql<SqlBool>`not ${has(any)}`;
    case "is_not_null":
      return has(any);
    default:
      throw new Error(`labels have no operator ${operator}`);
  }
}

function attributeCondition(table: Table, rule: FilterRule): Expression<SqlBool> {
  if (rule.key === "schedules") return hasSchedule(table);
  if (rule.key === "operation_name") return hasOperation(table, rule.values);
  const column = columnSql(table, rule.key);
  const each = (joiner: "and" | "or", condition: (value: string) => Expression<SqlBool>) =>
    sql<SqlBool>`(${sql.join(rule.values.map(condition), sql.raw(` ${joiner} `))})`;
  // With the value taken out the text is another one: tells letters' case apart in every dialect, unlike LIKE.
  const contains = (value: string) => sql<SqlBool>`replace(${column}, ${value}, '') <> ${column}`;
  switch (rule.operator) {
    case "any_of":
      return sql<SqlBool>`${column} in (${sql.join([...rule.values])})`;
    case "not_any_of":
      return sql<SqlBool>`${column} not in (${sql.join([...rule.values])})`;
    case "contains":
      return each("or", contains);
    case "not_contains":
      return each("and", (value) => sql<SqlBool>`not (${contains(value)})`);
    case "starts_with":
      return each("or", (value) => like(column, `${escaped(value)}%`));
    case "ends_with":
      return each("or", (value) => like(column, `%${escaped(value)}`));
    case "is_not_empty":
      return sql<SqlBool>`(${column} is not null and ${column} <> '')`;
    default:
      throw new Error(`attributes have no operator ${rule.operator}`);
  }
}

const hasSchedule = (table: Table) =>
  sql<SqlBool>`exists (select 1 from execution_schedules as schedule where
    schedule.tenant_name = ${columnSql(table, "tenant_name")} and schedule.deployment_id = ${columnSql(table, "id")})`;

/** Operations are stored as a document whose keys are their names. */
const hasOperation = (table: Table, names: readonly string[]) => {
  const operations = columnSql(table, "operations");
  const one = (name: string) => like(operations, `%"${escaped(name)}":%`);
  return sql<SqlBool>`(${sql.join(names.map(one), sql` or `)})`;
};

/** Takes a text's wildcards as themselves. */
export const escaped = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** Case aside. */
export const like = (column: Expression<unknown>, pattern: string): Expression<SqlBool> =>
  sql<SqlBool>`lower(${column}) like lower(${pattern}) escape '\\'`;
