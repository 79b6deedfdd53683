import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type FailureRule,
  type Task,
  type TaskFailure,
  TaskGraphBuilder,
  type TaskOutcome,
} from "../../../src/workflow/index.ts";
import { type Circumstances, type DurableRun, runDurably } from "./durable-run.ts";
import { anOperationCall, counter, failed, succeeded } from "./simulated-worker.ts";

interface Plan {
  kind: "operation" | "event" | "state" | "nop" | "subgraph";
  /** Which of the subgraphs before holds it; 0 is none. */
  holder: number;
  /** Which of its earlier siblings it waits for. */
  after: number[];
  retries: number;
  rule: FailureRule;
  /** How its attempts end, one after another; then it succeeds. */
  endings: readonly TaskFailure["kind"][];
}

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom("operation", "operation", "operation", "event", "state", "nop", "subgraph"),
  holder: fc.nat(),
  after: fc.array(fc.nat(), { maxLength: 3 }),
  retries: fc.integer({ min: -1, max: 3 }),
  rule: fc.constantFrom<FailureRule>("retry", "retry", "ignore", "skip", "fail", "consult"),
  endings: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Plan["endings"]>([]) },
    {
      weight: 2,
      arbitrary: fc.array(fc.constantFrom<TaskFailure["kind"]>("recoverable", "non-recoverable", "reschedule"), {
        maxLength: 4,
      }),
    },
  ),
});

interface Scene {
  tasks: Task[];
  endings: Map<string, Plan["endings"]>;
}

function sceneOf(plans: Plan[]): Scene {
  const builder = new TaskGraphBuilder({ newId: counter() });
  const scopes = [builder.top];
  const siblings = new Map<string | null, string[]>();
  const endings = new Map<string, Plan["endings"]>();
  for (const [at, { kind, holder, after, retries, rule, endings: own }] of plans.entries()) {
    const scope = scopes[holder % scopes.length] ?? builder.top;
    const settings = { totalRetries: retries, retryInterval: 1, onFailure: rule };
    const add = (): string => {
      switch (kind) {
        case "event":
          return scope.nodeEvent("i", `event ${at}`);
        case "state":
          return scope.setState("i", "started");
        case "nop":
          return scope.nop();
        case "operation":
          return scope.operation(call(at), settings);
        case "subgraph": {
          const subgraph = scope.subgraph(`subgraph ${at}`, { onFailure: rule, totalRetries: retries });
          for (const [attempt, ending] of own.entries()) endings.set(again(`subgraph ${at}`, attempt), [ending]);
          scopes.push(subgraph);
          return subgraph.id;
        }
      }
    };
    const id = add();
    const earlier = siblings.get(scope.id) ?? [];
    if (earlier.length > 0) for (const one of after) builder.dependency(id, earlier[one % earlier.length] ?? id);
    siblings.set(scope.id, [...earlier, id]);
    endings.set(`op${at}`, own);
  }
  return { tasks: builder.build(), endings };
}

const call = (at: number) =>
  anOperationCall({ operation: `op${at}`, task: "plugin.run", plugin: "p", nodeInstanceId: `i${at}`, nodeId: "n" });

const again = (subgraph: string, attempt: number) => `${subgraph} again ${attempt}`;

/** A failed subgraph is made anew with one operation, that ends as the subgraph's plan says. */
function rebuild({ name, currentRetries }: Task, newId: () => string): Task[] {
  const builder = new TaskGraphBuilder({ newId });
  builder.top.subgraph(name).operation({ ...call(0), operation: again(name, currentRetries) }, { onFailure: "fail" });
  return builder.build();
}

const outcomeOf =
  ({ endings }: Scene) =>
  ({ work, currentRetries }: Task): TaskOutcome => {
    const ending = work.type === "RemoteWorkflowTask" ? endings.get(work.call.operation)?.[currentRetries] : undefined;
    return ending ? failed("no", ending) : succeeded;
  };

const picker = (picks: number[]): Circumstances["choose"] => {
  let at = 0;
  return (running) => (running === 0 ? 0 : (picks[at++ % Math.max(picks.length, 1)] ?? 0) % running);
};

/** What does not depend on who was faster: the end of each task at the top, in its last attempt. */
function ends({ status, rows }: DurableRun): unknown {
  const retried = new Set([...rows.values()].map(({ retriedTask }) => retriedTask));
  const tops = [...rows.values()].filter(({ id, subgraph }) => !subgraph && !retried.has(id));
  const names = tops.map(({ name, work, state, currentRetries }) =>
    [name, work.type === "RemoteWorkflowTask" ? work.call.operation : "", state, currentRetries].join(" "),
  );
  return { status, tops: names.sort() };
}

const scenes = fc.array(plan, { minLength: 1, maxLength: 25 }).map(sceneOf);
const picks = fc.array(fc.nat(100), { maxLength: 30 });
const interruptions = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom("crash" as const, "cancel" as const)), {
    maxLength: 4,
  })
  .map((pairs) => new Map(pairs));

describe("any graph", () => {
  it("ends, runs each attempt once, and only what may run", () => {
    fc.assert(
      fc.property(scenes, picks, fc.integer({ min: 1, max: 4 }), (scene, order, concurrency) => {
        const run = runDurably(scene.tasks, {
          outcomeOf: outcomeOf(scene),
          choose: picker(order),
          concurrency,
          rebuild,
        });
        expect([...run.handedOut.values()].every((times) => times === 1)).toBe(true);
        const blamed = [...run.rows.values()].some(({ subgraph, state }) => !subgraph && /failed|resch/.test(state));
        if (run.status === "failed") expect(blamed).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("comes to the same end in whatever order its operations end", () => {
    fc.assert(
      fc.property(scenes, picks, picks, (scene, one, other) => {
        const runs = [one, other].map((order) =>
          runDurably(scene.tasks, { outcomeOf: outcomeOf(scene), choose: picker(order), rebuild }),
        );
        expect(runs.map(ends)[0]).toEqual(runs.map(ends)[1]);
      }),
      { numRuns: 200 },
    );
  });

  it("comes to the same end when it is killed, or cancelled and resumed, at any turn", () => {
    fc.assert(
      fc.property(scenes, picks, interruptions, (scene, order, interrupted) => {
        const circumstances = { outcomeOf: outcomeOf(scene), choose: picker(order), rebuild };
        const whole = runDurably(scene.tasks, circumstances);
        const broken = runDurably(scene.tasks, { ...circumstances, interruptions: interrupted });
        expect(ends(broken)).toEqual(ends(whole));
        expect([...broken.handedOut.values()].every((times) => times === 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("survives a kill after every single turn", () => {
    fc.assert(
      fc.property(scenes, picks, (scene, order) => {
        const circumstances = { outcomeOf: outcomeOf(scene), choose: picker(order), rebuild };
        const whole = runDurably(scene.tasks, circumstances);
        for (let at = 1; at <= whole.turns; at += 1) {
          const broken = runDurably(scene.tasks, { ...circumstances, interruptions: new Map([[at, "crash"]]) });
          expect(ends(broken)).toEqual(ends(whole));
        }
      }),
      { numRuns: 60 },
    );
  });
});
