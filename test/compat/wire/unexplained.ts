import { DEVIATIONS } from "../deviations.ts";
import type { Difference } from "./play.ts";
import type { Recording } from "./recording.ts";

/** What no deviation accounts for. */
export function unexplained(recording: Recording, differences: readonly Difference[]): Difference[] {
  const deviations = DEVIATIONS.filter(({ appliesTo }) => appliesTo(recording));
  return differences.filter(
    (difference) =>
      !deviations.some(({ exits, requests, answers }) =>
        difference.about === "exit code"
          ? exits?.includes(difference.code)
          : (difference.about === "answer" ? answers : requests)?.test(difference.text),
      ),
  );
}
