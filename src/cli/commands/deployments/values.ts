import type { Json } from "../../../api/resources.ts";
import type { Context } from "../../context.ts";
import { ExitCode } from "../../exit-code.ts";
import { cellText } from "../../output/cell.ts";

export interface DescribedValue {
  value: unknown;
  description: string | null;
}

/** What is declared, with the values it has now. */
export function describedValues(
  declared: Record<string, Json>,
  values: Record<string, Json>,
): Record<string, DescribedValue> {
  const pairs = Object.entries(declared).map(([name, declaration]): [string, DescribedValue] => [
    name,
    { value: values[name] ?? null, description: descriptionOf(declaration) },
  ]);
  return Object.fromEntries(pairs);
}

const descriptionOf = (declaration: Json): string | null =>
  typeof declaration === "object" && declaration !== null && !Array.isArray(declaration)
    ? ((declaration.description as string | null | undefined) ?? null)
    : null;

/** Values for people, each under its name. */
export function valuesText(values: Record<string, DescribedValue>): string {
  return Object.entries(values)
    .map(([name, { value, description }]) => {
      const told = description ? `     Description: ${description}\n` : "";
      return ` - "${name}":\n${told}     Value: ${cellText(value)}\n`;
    })
    .join("");
}

/** As the original shows them in its local mode: JSON, for people too. */
export async function showPlain({ output }: Context, values: Record<string, Json>): Promise<ExitCode> {
  await output.document(values, () => `${JSON.stringify(values, null, 2)}\n`);
  return ExitCode.Ok;
}
