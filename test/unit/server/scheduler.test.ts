import { describe, expect, it, onTestFinished } from "vitest";
import { logTo } from "../../../src/server/log.ts";
import { runSchedules } from "../../../src/server/scheduler.ts";
import { parseRule } from "../../../src/services/execution-schedules/recurrence.ts";
import { scheduleExecution } from "../../../src/services/execution-schedules/schedule-once.ts";
import {
  changeSchedule,
  createSchedule,
  getSchedule,
  type NewSchedule,
} from "../../../src/services/execution-schedules/schedules.ts";
import { startExecution } from "../../../src/services/executions/start.ts";
import { updateExecutionStatus } from "../../../src/services/executions/update-status.ts";
import { activateMaintenance, deactivateMaintenance } from "../../../src/services/maintenance/change.ts";
import { type Database, LocalChanges, openDatabase, type UnitOfWork } from "../../../src/storage/index.ts";
import { databasePath } from "../../helpers/database.ts";
import { ADMIN, aDeployment } from "../services/world.ts";

const START = Date.parse("2026-01-05T10:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const AT = { start: "2026-01-05T10:00:00.000Z", nextDay: "2026-01-06T10:00:00.000Z" };

const REQUEST = {
  deploymentId: "d1",
  workflowId: "install",
  parameters: {},
  allowCustomParameters: false,
  force: false,
  queue: false,
  dryRun: false,
  waitAfterFail: 600,
};

/** A clock that stands still until it is set; who sleeps past its time is woken. */
class SetClock {
  #now: number;
  #sleepers: { at: number; wake: () => void }[] = [];
  /** Called whenever somebody goes to sleep: nothing is left to do until then. */
  onSleep: () => void = () => undefined;

  constructor(now = START - MINUTE) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const slept = new Promise<void>((wake, reject) => {
      this.#sleepers.push({ at: this.#now + milliseconds, wake });
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    this.onSleep();
    return slept;
  }

  set(now: number): Promise<void> {
    return this.settled(async () => {
      this.#now = now;
      const woken = this.#sleepers;
      this.#sleepers = [];
      for (const { wake } of woken) wake();
    });
  }

  /** Does what wakes somebody, and resolves when they sleep again. */
  async settled<Result>(work: () => Promise<Result>): Promise<Result> {
    const asleep = new Promise<void>((resolve) => {
      this.onSleep = resolve;
    });
    const result = await work();
    await asleep;
    return result;
  }
}

interface World {
  database: Database;
  clock: SetClock;
  log: string[];
  stop(): Promise<void>;
}

/** A server's schedules on a database; `path` is that of an earlier server. */
async function aScheduler(path = databasePath(), clock = new SetClock()): Promise<World> {
  const database = openDatabase(path, new LocalChanges(), clock);
  if (!(await database.read.users.get("admin"))) {
    await database.unitOfWork(async (tx) => {
      const created_at = tx.now();
      await tx.tenants.insert({ name: "default_tenant", created_at });
      await tx.users.insert({ username: "admin", role: "sys_admin", password_hash: "", created_at });
    });
    await aDeployment(database);
  }
  const closing = new AbortController();
  const log: string[] = [];
  let running: Promise<void> | undefined;
  await clock.settled(async () => {
    running = runSchedules({ database, clock, log: logTo(clock, (line) => log.push(line)) }, closing.signal);
  });
  let isOpen = true;
  const stop = async () => {
    closing.abort();
    await running;
    if (isOpen) await database.close();
    isOpen = false;
  };
  onTestFinished(stop);
  return { database, clock, log, stop };
}

/** Does in one transaction what the scheduler hears of, and waits until it has looked. */
const heard = <Result>({ database, clock }: World, work: (tx: UnitOfWork) => Promise<Result>): Promise<Result> =>
  clock.settled(() => database.unitOfWork(work));

const plan = (world: World, schedule: Partial<NewSchedule> = {}) =>
  heard(world, (tx) =>
    createSchedule(tx, ADMIN, "d1", "nightly", {
      workflowId: "install",
      since: AT.start,
      until: null,
      rule: parseRule({ recurrence: "1 day" }, AT.start),
      parameters: {},
      executionArguments: {},
      slip: 0,
      stopOnFail: false,
      enabled: true,
      ...schedule,
    }),
  );
const started = ({ database }: World) => database.read.executions.ofWorkflow("default_tenant", "d1", "install");
const shown = ({ database, clock }: World) => getSchedule(database.read, ADMIN, "d1", "nightly", clock.now());

/** Lets the newest execution end like this. */
async function end(world: World, status: "terminated" | "failed"): Promise<void> {
  const [newest] = await started(world);
  await world.database.unitOfWork(async (tx) => {
    await updateExecutionStatus(tx, newest?.id ?? "", { status: "started" });
    await updateExecutionStatus(tx, newest?.id ?? "", { status });
  });
}

describe("a schedule", () => {
  it("starts its workflow at its time, and then again", async () => {
    const world = await aScheduler();
    await plan(world);
    expect(await started(world)).toEqual([]);
    await world.clock.set(START);
    expect(await started(world)).toMatchObject([{ status: "pending", scheduled_for: AT.start, created_by: "admin" }]);
    expect(await shown(world)).toMatchObject({ next_occurrence: AT.nextDay, latest_execution_status: "pending" });
    await end(world, "terminated");
    await world.clock.set(START + DAY);
    expect(await started(world)).toHaveLength(2);
  });

  it("passes over a time at which its last execution still runs", async () => {
    const world = await aScheduler();
    await plan(world);
    await world.clock.set(START);
    await world.clock.set(START + DAY);
    expect(await started(world)).toHaveLength(1);
    expect(world.log.at(-1)).toContain("still running");
  });

  it("waits for an execution that somebody else started", async () => {
    const world = await aScheduler();
    await plan(world);
    await world.database.unitOfWork((tx) => startExecution(tx, ADMIN, REQUEST));
    await world.clock.set(START);
    expect((await started(world)).map(({ status }) => status)).toEqual(["queued", "pending"]);
  });

  it("that stops on failure is disabled at the next time, and goes on when it is enabled again", async () => {
    const world = await aScheduler();
    await plan(world, { stopOnFail: true });
    await world.clock.set(START);
    await end(world, "failed");
    await world.clock.set(START + DAY);
    expect(await started(world)).toHaveLength(1);
    expect(await shown(world)).toMatchObject({ enabled: false, next_occurrence: "2026-01-07T10:00:00.000Z" });

    await heard(world, (tx) => changeSchedule(tx, ADMIN, "d1", "nightly", { enabled: true }));
    await world.clock.set(START + 2 * DAY);
    expect(await started(world)).toHaveLength(2);
  });

  it("that does not stop on failure runs again after one", async () => {
    const world = await aScheduler();
    await plan(world);
    await world.clock.set(START);
    await end(world, "failed");
    await world.clock.set(START + DAY);
    expect(await started(world)).toHaveLength(2);
  });

  it("starts nothing while it is disabled", async () => {
    const world = await aScheduler();
    await plan(world, { enabled: false });
    await world.clock.set(START);
    expect(await started(world)).toEqual([]);
  });

  it("whose workflow cannot start moves on to its next time", async () => {
    const world = await aScheduler();
    await plan(world);
    await world.database.unitOfWork((tx) => tx.deployments.update("default_tenant", "d1", { workflows: {} }));
    await world.clock.set(START);
    expect(world.log.at(-1)).toContain("Workflow install does not exist");
    expect(await shown(world)).toMatchObject({ enabled: true, next_occurrence: AT.nextDay });
  });

  it("whose rule cannot be worked out any more comes no more", async () => {
    const world = await aScheduler();
    await plan(world);
    const broken = { rule: { rrule: "nonsense" } };
    await world.database.unitOfWork((tx) => tx.executionSchedules.update("default_tenant", "d1", "nightly", broken));
    await world.clock.set(START);
    expect(await shown(world)).toMatchObject({ next_occurrence: null, all_next_occurrences: [] });
  });

  it("goes with its deployment", async () => {
    const world = await aScheduler();
    await plan(world);
    await world.database.unitOfWork((tx) => tx.deployments.remove("default_tenant", "d1"));
    await expect(shown(world)).rejects.toMatchObject({ code: "not_found_error" });
    await world.clock.set(START);
    expect(world.log).toEqual([]);
  });
});

describe("a time that passed while no server ran", () => {
  const comesBack = async (late: number, schedule: Partial<NewSchedule>) => {
    const path = databasePath();
    const earlier = await aScheduler(path);
    await plan(earlier, schedule);
    await earlier.stop();
    return aScheduler(path, new SetClock(START + late));
  };

  it.each([
    ["is made up for within a minute", 59_000, 0, 1],
    ["is passed over later than that", 61_000, 0, 0],
    ["is made up for within the slip", 10 * MINUTE, 10, 1],
    ["is passed over beyond the slip", 12 * MINUTE, 10, 0],
  ])("%s", async (_, late, slip, count) => {
    const world = await comesBack(late, { slip });
    expect(await started(world)).toHaveLength(count);
    expect(await shown(world)).toMatchObject({ enabled: true, next_occurrence: AT.nextDay });
  });

  it("is made up for once, however many there were", async () => {
    const world = await comesBack(3 * DAY + MINUTE, { slip: 7 * 24 * 60 });
    expect(await started(world)).toHaveLength(1);
    expect(await shown(world)).toMatchObject({ next_occurrence: "2026-01-09T10:00:00.000Z" });
  });
});

it("what is due in maintenance is started when it ends", async () => {
  const world = await aScheduler();
  await plan(world, { slip: 60 });
  await world.database.unitOfWork((tx) => activateMaintenance(tx, ADMIN));
  await world.clock.set(START);
  expect(await started(world)).toEqual([]);
  await heard(world, (tx) => deactivateMaintenance(tx, ADMIN));
  expect(await started(world)).toHaveLength(1);
});

describe("an execution that is started for a later time", () => {
  const later =
    (time: string, request = REQUEST) =>
    (tx: UnitOfWork) =>
      scheduleExecution(tx, ADMIN, request, time);

  it.each(["202601051000+0000", "202601051100+0100", "2026-01-05 10:00", "2026-01-05T10:00:00.000Z"])(
    "at %s runs once at that time",
    async (time) => {
      const world = await aScheduler();
      expect(await heard(world, later(time))).toMatchObject({ id: null, status: "scheduled" });
      expect(await started(world)).toEqual([]);
      await world.clock.set(START);
      expect(await started(world)).toMatchObject([{ status: "pending", scheduled_for: AT.start }]);
      await end(world, "terminated");
      await world.clock.set(START + DAY);
      expect(await started(world)).toHaveLength(1);
    },
  );

  it("leaves a schedule that says what it will start", async () => {
    const world = await aScheduler();
    await heard(world, later("2026-01-05 10:00", { ...REQUEST, force: true }));
    const { items } = await world.database.read.executionSchedules.list({
      scope: { tenants: "all", privateOf: "everyone" },
    });
    expect(items).toMatchObject([
      {
        id: expect.stringMatching(/^install_[0-9a-f]{32}$/),
        rule: { count: 1 },
        next_occurrence: AT.start,
        execution_arguments: { allow_custom_parameters: false, force: true, is_dry_run: false, wait_after_fail: 600 },
      },
    ]);
  });

  it.each([
    ["2001-01-01 10:00", {}, "has already passed"],
    ["yesterdayish", {}, "is not a time"],
    ["2026-01-05 10:00", { workflowId: "nosuch" }, "does not exist"],
    ["2026-01-05 10:00", { parameters: { x: 1 } }, "parameters declared"],
  ])("at %s with %j is refused", async (time, request, reason) => {
    const world = await aScheduler();
    await expect(world.database.unitOfWork(later(time, { ...REQUEST, ...request }))).rejects.toThrow(reason);
  });
});
