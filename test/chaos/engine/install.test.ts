import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Event } from "../../../src/api/resources.ts";
import { LocalChanges, openDatabase } from "../../../src/storage/index.ts";
import type { Running } from "../../acceptance/fresh-home.ts";
import { chaosSeed, seededRandom } from "../../helpers/seeded-random.ts";
import { ChaosHome, expectAllEventsOnce, type Role, type Step } from "../chaos-home.ts";

/** `CFY_CHAOS_ROUNDS=50` looks harder. */
const ROUNDS = Number(process.env["CFY_CHAOS_ROUNDS"]) || 3;
const VICTIMS: Role[][] = [["server"], ["worker"], ["worker", "server"]];
const LONGEST_PAUSE_MS = 1500;
const CHAINS = 10;
const CHAIN_LENGTH = 5;

const nameOf = (chain: number, place: number) => `n${chain}_${place}`;
const STEPS: Record<string, Step> = {};
for (let chain = 0; chain < CHAINS; chain++) {
  for (let place = 0; place < CHAIN_LENGTH; place++) {
    STEPS[nameOf(chain, place)] = place > 0 ? { after: nameOf(chain, place - 1) } : {};
  }
}

const home = new ChaosHome();
beforeAll(() => home.deploy(STEPS, { pause: 0.05 }));
afterAll(() => home.remove());

const random = seededRandom(chaosSeed());
const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;

/** Steps whose success is stored, read past the processes that are killed. */
async function finishedSteps(executionId: string): Promise<string[]> {
  const database = openDatabase(home.server("cfy.db"), new LocalChanges());
  try {
    const equal = { execution_id: [executionId], event_type: ["task_succeeded"] };
    const { items } = await database.read.events.list({ tenant: "default_tenant", equal });
    // Subgraphs succeed, too, and belong to no instance.
    return items.flatMap(({ node_instance_id: id }) => (id ? [id.slice(0, id.lastIndexOf("_"))] : []));
  } finally {
    await database.close();
  }
}

const beginnings = (journal: readonly string[], step: string) =>
  journal.filter((line) => line === `begins ${step}`).length;

/** Kills at random moments until the follow has ended; returns how often finished steps had begun at each kill. */
async function killWhile(follow: Running, deployment: string, kills: number): Promise<Map<string, number>> {
  const begun = new Map<string, number>();
  let over = false;
  follow.ended.then(() => {
    over = true;
  });
  for (let kill = 0; kill < kills; kill++) {
    await pause(random() * LONGEST_PAUSE_MS);
    if (over) break;
    const { execution_id } = JSON.parse(follow.stdout.slice(0, follow.stdout.indexOf("\n"))).context as Event;
    for (const role of oneOf(VICTIMS)) home.kill(role);
    // In this order: where only the server was killed, the worker goes on, and more steps begin and finish meanwhile.
    const finished = await finishedSteps(execution_id ?? "");
    const journal = home.journal(deployment);
    for (const step of finished) if (!begun.has(step)) begun.set(step, beginnings(journal, step));
  }
  return begun;
}

it.each(Array.from({ length: ROUNDS }, (_, round) => `round${round + 1}`))(
  "%s: an install whose processes are killed at random moments does every step, and none again that had finished",
  async (deployment) => {
    await home.createDeployment(deployment);
    const follow = home.start(`executions start install -d ${deployment} --json-output`);
    await follow.until(/workflow_started.*\n/);
    const begun = await killWhile(follow, deployment, 1 + Math.floor(random() * 4));

    const { code, stderr } = await follow.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
    // The last kill may have come when the follow had all it wanted: a command starts the server again.
    await home.succeeds("executions list");
    const execution = await expectAllEventsOnce(home, follow, deployment);
    expect(execution.status).toBe("terminated");
    expect((await finishedSteps(execution.id)).toSorted()).toEqual(Object.keys(STEPS).toSorted());
    const journal = home.journal(deployment);
    for (const [step, count] of begun) expect([step, beginnings(journal, step)]).toEqual([step, count]);
    for (const [step, { after }] of Object.entries(STEPS)) {
      expect(journal).toContain(`ends ${step}`);
      if (after) expect(journal.indexOf(`begins ${step}`)).toBeGreaterThan(journal.lastIndexOf(`ends ${after}`));
    }
  },
);
