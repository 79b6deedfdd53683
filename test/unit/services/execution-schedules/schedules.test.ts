import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../src/services/execution-schedules/recurrence.ts";
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  getSchedule,
  type ScheduleChange,
} from "../../../../src/services/execution-schedules/schedules.ts";
import { ADMIN, aDatabase, aDeployment } from "../world.ts";

const SINCE = "2090-01-01T00:00:00.000Z";
const UNTIL = "2099-01-01T00:00:00.000Z";
const NEW = {
  workflowId: "install",
  since: SINCE,
  until: UNTIL,
  rule: parseRule({ recurrence: "1 day" }, SINCE),
  parameters: { size: 1 },
  executionArguments: { force: true },
  slip: 5,
  stopOnFail: true,
  enabled: true,
};
const SHOWN = {
  workflow_id: "install",
  since: SINCE,
  until: UNTIL,
  parameters: { size: 1 },
  execution_arguments: { force: true },
  slip: 5,
  stop_on_fail: true,
  enabled: true,
  next_occurrence: SINCE,
};

async function aSchedule() {
  const { database, published } = await aDatabase();
  await aDeployment(database, "d1", { install: { parameters: {} }, other: { parameters: {} } });
  await database.unitOfWork((tx) => createSchedule(tx, ADMIN, "d1", "s", NEW));
  return { database, published };
}

describe("a schedule", () => {
  it("is as it was made, and whoever waits for the next one hears of it", async () => {
    const { database, published } = await aSchedule();
    expect(await getSchedule(database.read, ADMIN, "d1", "s", 0)).toMatchObject(SHOWN);
    expect(published).toContain("schedules");
  });

  it.each<[ScheduleChange, object]>([
    [{}, {}],
    [{ workflowId: "other" }, { workflow_id: "other" }],
    [{ parameters: {} }, { parameters: {} }],
    [{ executionArguments: {} }, { execution_arguments: {} }],
    [{ slip: 0 }, { slip: 0 }],
    [{ stopOnFail: false }, { stop_on_fail: false }],
    [{ enabled: false }, { enabled: false }],
    [{ until: null }, { until: null }],
    [
      { since: "2090-02-01T00:00:00.000Z" },
      { since: "2090-02-01T00:00:00.000Z", next_occurrence: "2090-02-01T00:00:00.000Z" },
    ],
    [{ rule: { recurrence: "2 days" } }, { rule: { recurrence: "2 days", weekdays: null, count: null } }],
  ])("that is changed by %j stays as it was in all else", async (change, changed) => {
    const { database } = await aSchedule();
    await database.unitOfWork((tx) => changeSchedule(tx, ADMIN, "d1", "s", change));
    expect(await getSchedule(database.read, ADMIN, "d1", "s", 0)).toMatchObject({ ...SHOWN, ...changed });
  });

  it.each<[string, ScheduleChange, string]>([
    ["end before it begins", { until: "2089-01-01T00:00:00.000Z" }, "bad_parameters_error"],
    ["start a workflow that is not there", { workflowId: "nosuch" }, "nonexistent_workflow_error"],
  ])("cannot %s", async (_, change, code) => {
    const { database } = await aSchedule();
    await expect(database.unitOfWork((tx) => changeSchedule(tx, ADMIN, "d1", "s", change))).rejects.toMatchObject({
      code,
    });
  });

  it("that is deleted is gone, once", async () => {
    const { database } = await aSchedule();
    const remove = () => database.unitOfWork((tx) => deleteSchedule(tx, ADMIN, "d1", "s"));
    await remove();
    await expect(remove()).rejects.toMatchObject({ code: "not_found_error" });
  });
});
