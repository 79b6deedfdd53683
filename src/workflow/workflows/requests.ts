/** The requests of programs with the types of their answers. */
import type { GraphOutcome } from "../command.ts";
import type { DeploymentView } from "../deployment-view.ts";
import { failureText } from "../failure.ts";
import type { GraphOptions } from "../graph-state.ts";
import { DeploymentIndex } from "../lifecycle/deployment-index.ts";
import { type Modification, type ProgramContext, type Request, WorkflowFailure } from "../program.ts";
import type { Task } from "../task.ts";

type Ask<Answer> = Generator<Request, Answer, unknown>;

type Rebuild = GraphOptions["rebuild"];

/** Runs a graph and tells how it ended. Dry runs store nothing. */
export function* tryGraph(
  context: ProgramContext,
  name: string,
  build: () => Task[],
  rebuild?: Rebuild,
): Ask<GraphOutcome> {
  return (yield { kind: "run-graph", name, stored: !context.dryRun, build, rebuild }) as GraphOutcome;
}

/** Runs a graph whose failure is the workflow's. @throws WorkflowFailure */
export function* runGraph(context: ProgramContext, name: string, build: () => Task[], rebuild?: Rebuild): Ask<void> {
  const outcome = yield* tryGraph(context, name, build, rebuild);
  if (outcome.status === "failed") throw new WorkflowFailure("WorkflowFailed", failureText(outcome.errors));
}

/** Runs a graph that leaves no rows behind. @throws WorkflowFailure */
export function* runUnstored(name: string, build: () => Task[]): Ask<void> {
  const outcome = (yield { kind: "run-graph", name, stored: false, build }) as GraphOutcome;
  if (outcome.status === "failed") throw new WorkflowFailure("WorkflowFailed", failureText(outcome.errors));
}

/** The deployment as it is now. */
export function* readDeployment(): Ask<DeploymentIndex> {
  return new DeploymentIndex((yield { kind: "read-deployment" }) as DeploymentView);
}

export function* log(level: "debug" | "info" | "warning" | "error", message: string): Ask<void> {
  yield { kind: "log", level, message };
}

export function* startedModifications(): Ask<Modification[]> {
  return (yield { kind: "list-started-modifications" }) as Modification[];
}
