import type { Context } from "../context.ts";
import { flag, integer } from "../option.ts";

const localSetting = (name: string) =>
  integer({ flags: [name], metavar: "N", help: "A setting of the server", hidden: true });

/** Of the original's local mode, where the process of a command line runs the workflow. Here the server does. */
export const localRunOptions = {
  taskRetries: localSetting("--task-retries"),
  taskRetryInterval: localSetting("--task-retry-interval"),
  taskThreadPoolSize: localSetting("--task-thread-pool-size"),
};

interface LocalRun {
  taskRetries?: number;
  taskRetryInterval?: number;
  taskThreadPoolSize?: number;
}

export const installPluginsOption = flag({
  flags: ["--install-plugins"],
  help: "Accepted; plugins are installed when they are uploaded",
  hidden: true,
});

/** Says how to have what they ask for. */
export function warnOfLocalRun(ctx: Context, { taskRetries, taskRetryInterval, taskThreadPoolSize }: LocalRun): void {
  const say = (option: string, instead: string) => ctx.warn(`${option} has no effect on one execution: ${instead}`);
  if (taskRetries !== undefined) say("--task-retries", `cfy config update task_retries=${taskRetries}`);
  if (taskRetryInterval !== undefined)
    say("--task-retry-interval", `cfy config update task_retry_interval=${taskRetryInterval}`);
  if (taskThreadPoolSize !== undefined) say("--task-thread-pool-size", "the server runs as many tasks as it can");
}
