import type { DeploymentRow, UnitOfWork } from "../../storage/index.ts";
import { Refusal } from "../refusal.ts";

/**
 * Nothing runs on a deployment before its environment has been created.
 * @throws deployment_environment_creation_pending_error, deployment_environment_creation_in_progress_error: try again
 * @throws deployment_creation_error: it failed
 */
export async function validateEnvironment(tx: UnitOfWork, { id, create_execution }: DeploymentRow): Promise<void> {
  const creation = create_execution ? await tx.executions.get(create_execution) : undefined;
  if (!creation) return;
  switch (creation.status) {
    case "terminated":
      return;
    case "pending":
      throw new Refusal(
        "deployment_environment_creation_pending_error",
        "Deployment environment creation is still pending, try again in a minute",
      );
    case "started":
      throw new Refusal(
        "deployment_environment_creation_in_progress_error",
        "Deployment environment creation is still in progress, try again in a minute",
      );
    default:
      throw new Refusal(
        "deployment_creation_error",
        `Can't launch executions: the creation of deployment ${id}'s environment is ${creation.status} (execution ${creation.id})${creation.error ? `: ${lastLine(creation.error)}` : ""}`,
      );
  }
}

/** Of a traceback, the line that says what was wrong. */
export const lastLine = (error: string): string => error.trimEnd().split("\n").at(-1) ?? "";
