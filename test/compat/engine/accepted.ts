import type { Step } from "./case.ts";

/** A difference that stays, recognised by what was recorded, with the reason that a user would accept. */
interface Accepted {
  reason: string;
  /** The recorded step shows it. */
  shownBy(step: Step): boolean;
  /** With "case" nothing after this step can be compared either. */
  ends: "step" | "case";
}

const saysSomewhere = ({ expect }: Step, text: string): boolean =>
  String(expect?.execution?.error_last_line ?? "").includes(text) ||
  (expect?.events ?? []).some(({ message }) => message.includes(text));

/** Slips of the original. A scenario is matched up to the step that shows one. */
const SLIPS: readonly Accepted[] = [
  {
    reason:
      "an operation that still runs after a forced cancel is ended before the resume, not locked out by its token",
    shownBy: (step) => saysSomewhere(step, "invalid Execution Token"),
    ends: "case",
  },
  {
    reason: "the result of an operation can be asked for in a dry run too",
    shownBy: (step) => saysSomewhere(step, "'DryRunLocalWorkflowTask' object has no attribute"),
    ends: "step",
  },
  {
    reason: "a workflow that cannot even be loaded fails at once instead of staying pending",
    shownBy: ({ wait, expect }) => wait !== false && expect?.execution?.status === "pending",
    ends: "case",
  },
  {
    reason: "a killed execution that is resumed runs its interrupted operation again instead of staying started",
    shownBy: ({ wait, expect }) => wait !== false && expect?.execution?.status === "started",
    ends: "case",
  },
  {
    reason: "a dry run of scale makes no node instance; the one that was made shows in all that follows",
    shownBy: ({ workflow, flags }) => workflow === "scale" && flags?.["dry_run"] === true,
    ends: "case",
  },
  {
    reason: "an operation that outlives its cancelled workflow is heard to its end",
    shownBy: (step) => step.do === "settle" && saysSomewhere(step, "slow begins") && !saysSomewhere(step, "slow ends"),
    ends: "step",
  },
  {
    reason: "what an operation says after its execution has failed is kept, where the original loses it",
    shownBy: ({ do: action, expect }) => action === "settle" && expect?.execution?.status === "failed",
    ends: "step",
  },
];

export const slipShownBy = (step: Step): Accepted | undefined => SLIPS.find((slip) => slip.shownBy(step));
