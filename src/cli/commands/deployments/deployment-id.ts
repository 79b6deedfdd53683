import { argument, text } from "../../command.ts";

export const deploymentId = argument({ help: "Id of the deployment", complete: "deployment" });

/** Where `-b` may name it. */
export const deploymentIdOrLocal = argument({ help: "Id of the deployment", required: false, complete: "deployment" });

/** Those that something is done to one by one; none where options select them. */
export const deploymentIds = argument({
  help: "Ids of deployments",
  metavar: "DEPLOYMENT_ID",
  required: false,
  variadic: true,
  complete: "deployment",
});

/** The deployment that a command looks into, where it is no argument. */
export const deploymentIdOption = text({
  flags: ["-d", "--deployment-id"],
  metavar: "DEPLOYMENT_ID",
  required: true,
  help: "The deployment",
  complete: "deployment",
});

/** Narrows a list to one deployment. */
export const ofDeploymentOption = text({
  flags: ["-d", "--deployment-id"],
  metavar: "DEPLOYMENT_ID",
  help: "Only those of this deployment",
  complete: "deployment",
});
