import type { Clock } from "../../lib/clock.ts";
import type { ContextProxy } from "../ctx/proxy.ts";
import type { Spawner } from "../processes/spawner.ts";
import type { ScriptCopies } from "./script-copies.ts";

/** What every operation of a worker needs of its surroundings. */
export interface OperationRuntime {
  clock: Clock;
  proxy: ContextProxy;
  /** Directory of our Python framework, which holds the package `cloudify`. */
  framework: string;
  /** Directory with the `ctx` command. */
  commands: string;
  /** The deployment's own directory: where its processes start. */
  workDirectory: string;
  /** Directory for the copies an operation makes; removed with the deployment. */
  temporary: string;
  /** The execution's scripts. */
  scripts: ScriptCopies;
  /** Directories that Python functions are imported from, most specific first. */
  importPaths: string[];
  /** Path of the management server's socket, for code that calls its REST API. */
  serverSocket: string;
  env: NodeJS.ProcessEnv;
  /** Aborted by a kill: the operation's processes end. */
  killed: AbortSignal;
  /** Starts its programs. */
  spawner: Spawner;
  /** Starts its Python code, with what the plugin brought. */
  pythonSpawner: Spawner;
  /** A file that is told of each process as soon as it exists. */
  record: string;
}
