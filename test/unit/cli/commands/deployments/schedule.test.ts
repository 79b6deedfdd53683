import { describe, expect, it } from "vitest";
import { cfy } from "../../../../helpers/cfy.ts";
import { fakeManager } from "../../../../helpers/fake-manager.ts";

const schedule = {
  id: "s1",
  deployment_id: "d1",
  workflow_id: "heal",
  enabled: true,
  rule: { recurrence: "1 day" },
  next_occurrence: "2099-01-01T10:00:00.000Z",
  all_next_occurrences: ["2099-01-01 10:00:00", "2099-01-02 10:00:00", "2099-01-03 10:00:00"],
};
const PATH = "/execution-schedules/s1";
const query = { deployment_id: "d1" };

describe("deployments schedule", () => {
  it("create asks for it in UTC, with what the clocks of the zone show", async () => {
    const manager = fakeManager().on(`PUT ${PATH}`, { query, answer: schedule });
    const ran = await cfy(
      'deployments schedule create d1 heal -n s1 -s "2099-07-01 10:00" -u 2099-08-01 --tz Europe/London -r "1 day" --weekdays mo,FR --stop-on-fail',
      { manager },
    );
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("2099-01-01T10:00") });
    expect(JSON.parse(manager.requests[0]?.body ?? "")).toMatchObject({
      workflow_id: "heal",
      since: "2099-07-01T09:00:00",
      until: "2099-07-31T23:00:00",
      recurrence: "1 day",
      weekdays: ["mo", "FR"],
      stop_on_fail: true,
      slip: 0,
    });
  });

  it.each(["create d1 heal -s 2099-01-01", "update d1 s1"])("%s takes a rule or its parts, not both", async (line) => {
    for (const part of ["-r 1d", "-c 3", "--weekdays mo"]) {
      expect((await cfy(`deployments schedule ${line} --rrule FREQ=DAILY ${part}`)).code).toBe(2);
    }
  });

  it("create names it after its workflow", async () => {
    const manager = fakeManager().on("PUT /execution-schedules/heal", { query, answer: schedule });
    expect((await cfy('deployments schedule create d1 heal -s "+1 hour"', { manager })).code).toBe(0);
  });

  it.each([
    ["enable", true],
    ["disable", false],
  ])("%s changes nothing else", async (verb, enabled) => {
    const manager = fakeManager()
      .on(`GET ${PATH}`, { query, answer: { ...schedule, enabled: !enabled } })
      .on(`PATCH ${PATH}`, { query, answer: schedule });
    expect((await cfy(`deployments schedule ${verb} d1 s1`, { manager })).code).toBe(0);
    const sent: Record<string, unknown> = JSON.parse(manager.requests[1]?.body ?? "");
    expect(Object.entries(sent).filter(([, value]) => value !== null)).toEqual([["enabled", enabled]]);
  });

  it("enable of one that is enabled says so", async () => {
    const manager = fakeManager().on(`GET ${PATH}`, { answer: schedule });
    const ran = await cfy("deployments schedule enable d1 s1", { manager });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("enabled already") });
  });

  it("get shows the next times, as JSON all of them", async () => {
    const inText = fakeManager().on(`GET ${PATH}`, { query, answer: schedule });
    const { stdout } = await cfy("deployments schedule get d1 s1 --preview 2", { manager: inText });
    expect(stdout).toContain("2099-01-02 10:00:00");
    expect(stdout).not.toContain("2099-01-03 10:00:00");
    const asJson = fakeManager().on(`GET ${PATH}`, { answer: schedule });
    const ran = await cfy("deployments schedule get d1 s1 --json", { manager: asJson });
    expect(JSON.parse(ran.stdout)).toMatchObject({ id: "s1", all_next_occurrences: { length: 3 } });
  });

  it.each([
    ["", ["s1", "s2"]],
    ["-s 2099-01-03", ["s1"]],
    ["--since 2099-01-04", []],
    ["-u 2030-01-01", ["s2"]],
    ["-s 2099-01-02 -u 2099-01-02T12:00:00Z", ["s1"]],
  ])("list %s", async (span, ids) => {
    const other = { ...schedule, id: "s2", all_next_occurrences: ["2029-12-31 00:00:00"] };
    const manager = fakeManager().list("/execution-schedules", [schedule, other], {
      query: { deployment_id: "d1", _size: "50" },
    });
    const line = `deployments schedule list d1 --tz UTC --pagination-size 50 ${span} --json --columns id`;
    const ran = await cfy(line, { manager });
    expect(JSON.parse(ran.stdout)).toEqual(ids.map((id) => ({ id })));
  });

  it("delete", async () => {
    const manager = fakeManager().on(`DELETE ${PATH}`, { query, status: 204 });
    expect((await cfy("deployments schedule delete d1 s1", { manager })).stdout).toBe("The schedule s1 is deleted\n");
  });
});
