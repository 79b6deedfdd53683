import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const STORAGE = fileURLToPath(new URL("../../../src/storage", import.meta.url));

/** Functions that SQLite and PostgreSQL have under the same name, with the same meaning. */
const FUNCTIONS = ["coalesce", "count", "lower", "max", "min", "replace"];
/** Words of SQL that stand before a bracket. */
const BEFORE_BRACKETS = ["and", "exists", "from", "in", "not", "or", "values", "where"];

/** What one of the two refuses or takes differently; a § stands where a value or a part is put in. */
const OF_ONE_DIALECT: Readonly<Record<string, RegExp>> = {
  "a function of its own": new RegExp(`\\b(?!(?:${[...FUNCTIONS, ...BEFORE_BRACKETS].join("|")})\\b)[a-z_]+ ?\\(`),
  "a word of its own": /\b(glob|ilike|regexp|match|rowid|ctid|collate|pragma|returning|ifnull|offset \d+ rows)\b/,
  "an insert that settles conflicts in its own way": /\b(insert or|replace into)\b/,
  "an operator of its own": /==|::|->|~|\bis (not )?§/,
  "a pattern that does not say what escapes in it": /\blike §(?! escape '\\')|\blike '[^']*\\/,
  "a text in double quotes": /"[^"§]*"/,
  "a boolean where a number is stored": /= ?(true|false)\b/,
};

const sources = (readdirSync(STORAGE, { recursive: true }) as string[]).filter((file) => file.endsWith(".ts"));

/** Every template of `sql` in a file, and the texts that derived columns are made of. */
function statementsIn(file: string): string[] {
  const found: string[] = [];
  const text = (template: ts.TemplateLiteral): string =>
    ts.isNoSubstitutionTemplateLiteral(template)
      ? template.text
      : template.head.text + template.templateSpans.map(({ literal }) => `§${literal.text}`).join("");
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText().startsWith("sql")) found.push(text(node.template));
    else if (ts.isTemplateLiteral(node) && !ts.isTaggedTemplateExpression(node.parent) && /^\(?select/.test(text(node)))
      found.push(text(node));
    else if (ts.isStringLiteral(node) && node.text.startsWith("(select")) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(STORAGE, file), "utf8"), ts.ScriptTarget.Latest, true));
  return found.map((statement) => statement.replace(/\s+/g, " "));
}

const peculiarities = (statement: string): string[] =>
  Object.keys(OF_ONE_DIALECT).filter((what) => OF_ONE_DIALECT[what]?.test(statement));

describe("SQL that SQLite and PostgreSQL both run, alike", () => {
  it("is all that the repositories ask", () => {
    const statements = sources.flatMap((file) => statementsIn(file).map((statement) => ({ file, statement })));
    const wrong = statements.flatMap(({ file, statement }) =>
      peculiarities(statement).map((what) => `${file}: ${what}: ${statement}`),
    );
    expect(wrong).toEqual([]);
    expect(statements.length).toBeGreaterThan(80);
  });

  it("is all that the query builder is asked for", () => {
    const wrong = sources.filter((file) =>
      /\.(replaceInto|orReplace|orIgnore|ignore|returning\w*|fn\(|fn<|top|fetch|forUpdate|skipLocked)\(/.test(
        readFileSync(join(STORAGE, file), "utf8"),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("makes the tables, but for the word that numbers their rows", () => {
    const migrations = (readdirSync(join(STORAGE, "migrations")) as string[]).map((file) =>
      readFileSync(join(STORAGE, "migrations", file), "utf8"),
    );
    const lines = migrations.join("\n").replace(/--.*/g, "").split("\n");
    const columns = lines.filter((line) => /^ {2}(?!foreign key|unique|primary key|\()/.test(line));
    const wrong = columns.filter(
      (line) =>
        !/^ {2}"?\w+"? (integer primary key autoincrement|(text|integer|real)( not null| primary key| unique| default (\d+|'\w*')| references \w+ \(\w+\)( on delete cascade)?)*),?$/.test(
          line,
        ),
    );
    expect(wrong).toEqual([]);
    expect(columns.length).toBeGreaterThan(300);
  });
});

it.each([
  ["select ifnull(a, b) from t", "a function of its own"],
  ["select json_extract(plan, '$.x') from t", "a function of its own"],
  ["select * from t order by rowid", "a word of its own"],
  ["insert or ignore into t values (§)", "an insert that settles conflicts in its own way"],
  ["select * from t where a is §", "an operator of its own"],
  ["select * from t where a like §", "a pattern that does not say what escapes in it"],
  ['select * from t where a = "global"', "a text in double quotes"],
  ["select * from t where a = true", "a boolean where a number is stored"],
])("%s is told from it", (statement, what) => {
  expect(peculiarities(statement)).toContain(what);
});
