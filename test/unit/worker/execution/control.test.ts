import { describe, expect, it } from "vitest";
import { ExecutionControl } from "../../../../src/worker/execution/control.ts";

/** A control, and what one who follows it has heard. */
function aControl() {
  const control = new ExecutionControl();
  const heard: string[] = [];
  const unfollow = control.follow((request) => heard.push(request));
  return { control, heard, unfollow };
}

describe("a request to stop", () => {
  it("is heard once, and again when it is a firmer one", () => {
    const { control, heard } = aControl();
    for (const status of ["started", "cancelling", "cancelling", "kill_cancelling"]) control.ask(status);
    expect([heard, control.request]).toEqual([["cancelling", "kill_cancelling"], "kill_cancelling"]);
  });

  it.each(["cancelling", "force_cancelling", "terminated", "nonsense"])("is not taken back by %s", (status) => {
    const { control, heard } = aControl();
    control.ask("force_cancelling");
    control.ask(status);
    expect([heard, control.request]).toEqual([["force_cancelling"], "force_cancelling"]);
  });

  it("that came before is heard by who follows only now, and not by who follows no more", () => {
    const { control, heard, unfollow } = aControl();
    unfollow();
    control.ask("cancelling");
    const late: string[] = [];
    control.follow((request) => late.push(request));
    expect([heard, late]).toEqual([[], ["cancelling"]]);
  });

  it.each(["force_cancelling", "kill_cancelling"] as const)(
    "ends the execution at once when it is %s",
    async (status) => {
      const { control } = aControl();
      const atOnce = control.atOnce;
      control.ask("cancelling");
      control.ask(status);
      expect(await atOnce).toBe(status);
    },
  );

  it("waits for the workflow when it is a plain cancel", async () => {
    const { control } = aControl();
    control.ask("cancelling");
    expect(await Promise.race([control.atOnce, new Promise((resolve) => setImmediate(resolve, "waits"))])).toBe(
      "waits",
    );
  });
});
