import { describe, expect, it } from "vitest";
import { TimerQueue } from "../../../src/workflow/timer-queue.ts";

const queueOf = (times: number[]) => {
  const queue = new TimerQueue<string>();
  for (const [order, at] of times.entries()) queue.add(at, `${at}#${order}`);
  return queue;
};

describe("a timer queue", () => {
  it("gives what is due soonest first, and what is due at the same time in its order", () => {
    const queue = queueOf([50, 20, 40, 10, 20, 30, 10, 60, 20]);
    expect(queue.next).toBe(10);
    expect(queue.take(20)).toEqual(["10#3", "10#6", "20#1", "20#4", "20#8"]);
    expect([queue.size, queue.next]).toEqual([4, 30]);
    expect(queue.take(60)).toEqual(["30#5", "40#2", "50#0", "60#7"]);
    expect([queue.size, queue.next]).toEqual([0, null]);
  });

  it.each([
    [[1, 2, 3, 4, 5, 6, 7, 8]],
    [[8, 7, 6, 5, 4, 3, 2, 1]],
    [[4, 8, 1, 5, 7, 3, 6, 2]],
    [[5, 1, 6, 2, 7, 3, 8, 4]],
  ])("gives one at a time, whatever order they came in: %j", (times) => {
    const queue = queueOf(times);
    const taken = [1, 2, 3, 4, 5, 6, 7, 8].map((now) => queue.take(now).map((item) => Number(item.split("#")[0])));
    expect(taken).toEqual([[1], [2], [3], [4], [5], [6], [7], [8]]);
  });

  it("gives nothing before its time", () => {
    expect(queueOf([10]).take(9)).toEqual([]);
  });
});
