import type { JsonObject } from "../../api/resources.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Evaluate, OfDeployment } from "../../services/functions/execution-evaluator.ts";
import type { Vault } from "../../services/secrets/vault.ts";
import type { Database } from "../../storage/index.ts";
import type { RestAccess } from "../cloudify-common/rest-access.ts";
import type { ContextProxy } from "../ctx/proxy.ts";
import type { WorkerHome } from "../home.ts";
import type { RunningOperations } from "../operations/running-operations.ts";
import type { PluginEnvironments } from "../plugins/plugin-environments.ts";
import type { Spawners } from "../processes/spawners.ts";
import type { Journal } from "./journal.ts";
import type { OtherExecutions } from "./other-executions.ts";

/** What all executions of a worker share. */
export interface Surroundings {
  database: Database;
  journal: Journal;
  clock: Clock;
  home: WorkerHome;
  operations: RunningOperations;
  proxy: ContextProxy;
  /** Starts the processes of user code. */
  spawners: Spawners;
  /** Where the code of uploaded plugins is. */
  plugins: PluginEnvironments;
  rest: RestAccess;
  others: OtherExecutions;
  /** Seals the secrets that nodes create. */
  vault: Vault;
  /** Directory of the Python framework. */
  framework: string;
  /** Directory of the `ctx` command. */
  commands: string;
  serverSocket: string;
  env: NodeJS.ProcessEnv;
  /** Intrinsic functions of an execution's deployment. */
  evaluator(execution: OfDeployment): Evaluate;
  capabilities(execution: OfDeployment): Promise<JsonObject>;
}
