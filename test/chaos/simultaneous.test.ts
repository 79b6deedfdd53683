import { expect, it, onTestFinished } from "vitest";
import { ChaosHome } from "./chaos-home.ts";

function aHome(): ChaosHome {
  const home = new ChaosHome();
  onTestFinished(() => home.remove());
  return home;
}

it("clients that come at once to a fresh machine all succeed, with one server between them", async () => {
  const home = aHome();
  const lists = await Promise.all(Array.from({ length: 4 }, () => home.cfy("executions list --json")));
  expect(lists.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  await home.starts("worker");
  expect(home.started("server")).toHaveLength(1);
  expect(home.started("worker")).toHaveLength(1);
});

it("of two clients that start the same workflow at once, one runs it and the other is told which runs", async () => {
  const home = aHome();
  await home.deploy({ only: { held: true } });
  const starts = [0, 1].map(() => home.start("executions start install -d app"));
  const refused = await Promise.race(starts.map(({ ended }) => ended));
  const [running, ...others] = await home.executions("install");
  expect(others).toEqual([]);
  expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 6, stdout: "" });
  expect(refused.stderr).toContain(`cfy executions watch ${running?.id}`);
  home.release();
  const codes = await Promise.all(starts.map(async ({ ended }) => (await ended).code));
  expect(codes.toSorted()).toEqual([0, 6]);
  expect(home.journal()).toEqual(["begins only", "ends only"]);
});
