import { join } from "node:path";
import pLimit from "p-limit";
import { describe, expect, it } from "vitest";
import { succeeded } from "../../../../src/worker/operations/outcome.ts";
import { RunningOperations, type StartOperation } from "../../../../src/worker/operations/running-operations.ts";
import { KILLED } from "../../../../src/worker/operations/supervise.ts";
import type { TaskOutcome } from "../../../../src/workflow/index.ts";
import { temporaryDirectory } from "../../../helpers/directory.ts";

const NEW = { resume: false };
const RESUMED = { resume: true };

/** An operation that ends when it is told to, or is killed. */
function anOperation() {
  const starts: { resume: boolean }[] = [];
  let end: (outcome: TaskOutcome) => void = () => undefined;
  let begun: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const start: StartOperation = ({ killed, resume }) => {
    starts.push({ resume });
    begun();
    return new Promise((resolve) => {
      end = resolve;
      killed.addEventListener("abort", () => resolve(KILLED), { once: true });
    });
  };
  return { start, starts, started, end: (outcome: TaskOutcome) => end(outcome) };
}

const never: StartOperation = () => Promise.reject(new Error("it was started"));

function aWorker(concurrency = 4, records = temporaryDirectory()) {
  const operations = new RunningOperations(pLimit(concurrency), (executionId) => join(records, executionId));
  return { operations, records };
}

describe("an operation", () => {
  it("answers with what it was started for, and is known while it runs", async () => {
    const { operations } = aWorker();
    const operation = anOperation();
    const outcome = operations.run("E1", "t1", NEW, operation.start);
    await operation.started;
    expect([operations.has("E1"), operations.has("E2"), operations.count]).toEqual([true, false, 1]);
    operation.end(succeeded(5));
    expect(await outcome).toEqual(succeeded(5));
    expect([operations.has("E1"), operations.count]).toEqual([false, 0]);
  });

  it("that still runs when its execution is resumed is not started again: its answer is taken", async () => {
    const { operations } = aWorker();
    const operation = anOperation();
    const first = operations.run("E1", "t1", NEW, operation.start);
    await operation.started;
    const second = operations.run("E1", "t1", RESUMED, never);
    operation.end(succeeded(5));
    expect(await Promise.all([first, second])).toEqual([succeeded(5), succeeded(5)]);
  });

  it("that still runs when it is to be made anew is ended first", async () => {
    const { operations } = aWorker();
    const operation = anOperation();
    const first = operations.run("E1", "t1", NEW, operation.start);
    await operation.started;
    const again = anOperation();
    const second = operations.run("E1", "t1", NEW, again.start);
    expect(await first).toBe(KILLED);
    await again.started;
    again.end(succeeded(6));
    expect(await second).toEqual(succeeded(6));
  });

  it("that another worker has brought to its end is not started again when its execution is resumed", async () => {
    const { operations, records } = aWorker();
    await operations.run("E1", "t1", NEW, async () => succeeded("done"));
    const { operations: later } = aWorker(4, records);
    expect(await later.run("E1", "t1", RESUMED, never)).toEqual(succeeded("done"));
  });

  it("that has come to its end is made anew when that is asked for, and its old answer is forgotten", async () => {
    const { operations, records } = aWorker();
    await operations.run("E1", "t1", NEW, async () => succeeded("old"));
    expect(await operations.run("E1", "t1", NEW, async () => succeeded("new"))).toEqual(succeeded("new"));
    const { operations: later } = aWorker(4, records);
    expect(await later.run("E1", "t1", RESUMED, never)).toEqual(succeeded("new"));
  });

  it("that another worker did not bring to its end is started with the word that it is resumed", async () => {
    const { operations } = aWorker();
    const operation = anOperation();
    const outcome = operations.run("E1", "t1", RESUMED, operation.start);
    await operation.started;
    operation.end(succeeded());
    await outcome;
    expect(operation.starts).toEqual([{ resume: true }]);
  });

  it("waits for room, unless it only waits for others itself", async () => {
    const { operations } = aWorker(1);
    const [first, second, third] = [anOperation(), anOperation(), anOperation()];
    const outcomes = [operations.run("E1", "t1", NEW, first.start), operations.run("E1", "t2", NEW, second.start)];
    await first.started;
    outcomes.push(operations.run("E1", "t3", { ...NEW, unlimited: true }, third.start));
    await third.started;
    expect(second.starts).toEqual([]);
    first.end(succeeded());
    await second.started;
    second.end(succeeded());
    third.end(succeeded());
    await Promise.all(outcomes);
  });
});

describe("a kill", () => {
  it("ends the operations of its execution, those that wait for room too, and no others", async () => {
    const { operations } = aWorker(2);
    const [mine, other, waiting] = [anOperation(), anOperation(), anOperation()];
    const killed = operations.run("E1", "t1", NEW, mine.start);
    const goesOn = operations.run("E2", "t2", NEW, other.start);
    await Promise.all([mine.started, other.started]);
    const neverBegun = operations.run("E1", "t3", NEW, waiting.start);
    // At once: what an earlier worker has left of it has not even been looked at.
    await operations.kill("E1");
    expect([await killed, await neverBegun, waiting.starts]).toEqual([KILLED, KILLED, []]);
    other.end(succeeded("other"));
    expect(await goesOn).toEqual(succeeded("other"));
  });

  it("is no answer: whoever resumes the execution runs the operation", async () => {
    const { operations } = aWorker();
    const operation = anOperation();
    const killed = operations.run("E1", "t1", NEW, operation.start);
    await operation.started;
    await operations.kill("E1");
    await killed;
    expect(await operations.run("E1", "t1", RESUMED, async () => succeeded("again"))).toEqual(succeeded("again"));
  });

  it("by a worker that leaves is answered by nobody, so that nothing follows from it", async () => {
    const { operations } = aWorker();
    const operation = anOperation();
    let isAnswered = false;
    void operations.run("E1", "t1", NEW, operation.start).then(() => {
      isAnswered = true;
    });
    await operation.started;
    await operations.leave(["E1"]);
    await new Promise(setImmediate);
    expect([isAnswered, operations.count]).toEqual([false, 0]);
  });
});
