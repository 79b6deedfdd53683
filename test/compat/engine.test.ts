import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCases } from "./engine/case.ts";
import { Scenario } from "./engine/scenario.ts";
import { Server } from "./engine/server.ts";

/** One of each kind; `npm run conformance:engine` plays them all. */
const CHOSEN = [1, 2, 4, 10, 30, 33, 60, 63, 150, 170];
const cases = readCases(resolve("test/compat/engine-cases")).filter(({ name }) =>
  CHOSEN.includes(Number.parseInt(name, 10)),
);

describe("the built server runs workflows as the original does", () => {
  const server = new Server();

  beforeAll(async () => {
    expect(existsSync("dist/main.cjs"), "run npm run build first").toBe(true);
    await server.start();
  });

  afterAll(() => server.stop());

  it.concurrent.each(cases.map((one) => [`${one.name}: ${one.about}`, one] as const))("%s", async (_, one) => {
    expect(await new Scenario(one, server.rest).play()).toEqual([]);
  });
});
