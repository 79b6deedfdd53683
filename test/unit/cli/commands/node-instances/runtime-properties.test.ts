import { describe, expect, it } from "vitest";
import {
  merged,
  pathsToDelete,
  propertiesToSet,
  without,
} from "../../../../../src/cli/commands/node-instances/runtime-properties.ts";

const noInput = { tty: false, text: async () => "", line: async () => undefined };

describe("runtime properties to set", () => {
  it.each([
    [["a.b=1", "k=v"], { a: { b: "1" }, k: "v" }],
    [["a.b=1;a.c=2"], { a: { b: "1", c: "2" } }],
    [['{"a.b": 1}'], { "a.b": 1 }],
    [['{"a": {"b": 1}}', "a.c=2"], { a: { b: 1, c: "2" } }],
  ])("from %j are %j", async (texts, expected) => {
    expect(await propertiesToSet(texts, noInput)).toEqual(expected);
  });

  it("are merged into those that are there, lists replaced", () => {
    expect(merged({ a: { x: 1, y: [1] }, b: 2 }, { a: { y: [2] } })).toEqual({ a: { x: 1, y: [2] }, b: 2 });
  });
});

describe("runtime properties to delete", () => {
  it.each([
    [["a.b;c"], [["a", "b"], ["c"]]],
    [
      ["a", "b=c;a"],
      [["a"], ["b=c"]],
    ],
    [['{"a": {"b": null}, "c": 1}'], [["a", "b"], ["c"]]],
  ])("from %j are %j", async (texts, expected) => {
    expect(await pathsToDelete(texts, noInput)).toEqual(expected);
  });

  it("leave the others as they are", () => {
    expect(without({ a: { b: 1, c: 2 }, d: 3 }, ["a", "b"])).toEqual({ a: { c: 2 }, d: 3 });
  });

  it("must be there", () => {
    expect(() => without({ a: { b: 1 } }, ["a", "x"])).toThrow("a.x");
  });
});
