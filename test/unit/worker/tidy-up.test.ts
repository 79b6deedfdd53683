import { existsSync, mkdirSync } from "node:fs";
import { expect, it } from "vitest";
import { WorkerHome } from "../../../src/worker/home.ts";
import { tidyUp } from "../../../src/worker/tidy-up.ts";
import { aDatabase, addExecution } from "../../helpers/database.ts";
import { temporaryDirectory } from "../../helpers/directory.ts";

it("a worker removes what dead workers, ended and deleted executions have left, and nothing else", async () => {
  const database = await aDatabase();
  await addExecution(database, { id: "failed", status: "failed" });
  await addExecution(database, { id: "running", status: "started" });
  await addExecution(database, { id: "cancelled", status: "cancelled" });
  const home = new WorkerHome(temporaryDirectory());
  const kept = [
    home.execution("failed"),
    home.execution("running"),
    home.scripts("running"),
    home.commands(String(process.pid)),
    // An operation of these runs on although they have ended.
    home.scripts("cancelled"),
    home.execution("deleted-too"),
  ];
  const left = [home.execution("deleted"), home.scripts("deleted"), home.scripts("failed"), home.commands("99999999")];
  for (const path of [...kept, ...left]) mkdirSync(path, { recursive: true });
  await tidyUp(home, database, (id) => id === "cancelled" || id === "deleted-too");
  expect(kept.filter((path) => !existsSync(path))).toEqual([]);
  expect(left.filter((path) => existsSync(path))).toEqual([]);
});
