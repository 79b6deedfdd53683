import { DEVIATIONS } from "../deviations.ts";
import type { Difference } from "./play.ts";

/** What no deviation accounts for. */
export function unexplained(name: string, differences: readonly Difference[]): Difference[] {
  const deviation = DEVIATIONS.find(({ recording }) => recording === name);
  if (!deviation) return [...differences];
  return differences.filter(({ about, text }) =>
    about === "exit code"
      ? !text.startsWith(`exit code ${deviation.exit} `)
      : !(deviation.requests?.test(text) ?? false),
  );
}
