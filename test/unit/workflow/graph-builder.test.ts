import { describe, expect, it } from "vitest";
import { TaskGraphBuilder } from "../../../src/workflow/index.ts";
import { counter } from "./simulated-worker.ts";

describe("a graph under construction", () => {
  it("lets no task wait for itself, and none twice for another", () => {
    const builder = new TaskGraphBuilder({ newId: counter() });
    const [one, two] = [builder.top.nop(), builder.top.nop()];
    builder.dependency(one, one);
    builder.dependency(two, one);
    builder.dependency(two, one);
    expect(builder.build().map(({ dependencies }) => dependencies)).toEqual([[], [one]]);
  });

  it("refuses to wait for what it does not have", () => {
    const builder = new TaskGraphBuilder({ newId: counter() });
    const task = builder.top.nop();
    expect(() => builder.dependency(task, "nosuch")).toThrow("No task nosuch in this graph");
  });
});
