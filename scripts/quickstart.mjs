// `npm run quickstart`: sets the project up and runs the main job once, showing every command before it runs it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const cfyPath = join(root, "bin/cfy.js");
const BLUEPRINT = "examples/my_app/blueprint.yaml";

main();

function main() {
  if (!existsSync(join(root, "node_modules"))) setUp("Installing packages", ["npm", "ci", "--no-audit", "--no-fund"]);
  setUp("Building", ["npm", "run", "-s", "build"]);
  useEmbeddedServer();
  removeEarlierRun();

  cfy("blueprints", "upload", BLUEPRINT, "-b", "my_blueprint");
  cfy("deployments", "create", "my_deployment", "-b", "my_blueprint");
  cfy("executions", "start", "install", "-d", "my_deployment");
  cfy("executions", "start", "my_workflow", "-d", "my_deployment");
  cfy("executions", "list", "-d", "my_deployment");
  sayWhatIsNext();
}

function setUp(title, command) {
  say(`${title}…`);
  const { status } = spawnSync(command[0], command.slice(1), { cwd: root, stdio: "inherit" });
  if (status !== 0) stop(`"${command.join(" ")}" failed; mend what it says above and run "npm run quickstart" again.`);
}

/** A profile that points at a manager is not ours to play with: then the example runs in a home of its own. */
function useEmbeddedServer() {
  const activeProfile = join(
    process.env.CFY_WORKDIR || process.env.HOME || userInfo().homedir,
    ".cloudify/active.profile",
  );
  const active = existsSync(activeProfile) ? readFileSync(activeProfile, "utf8").trim() : "local";
  if (active === "local" || active === "") return;
  process.env.CFY_WORKDIR = join(root, ".quickstart");
  say(`Your active profile is the manager "${active}", so this runs apart from it:`);
  shown(`export CFY_WORKDIR=${process.env.CFY_WORKDIR}`);
}

function removeEarlierRun() {
  if (listed("deployments").includes("my_deployment")) {
    say("An earlier run left my_deployment; it goes first.");
    cfy("uninstall", "my_deployment");
  } else if (listed("blueprints").includes("my_blueprint")) {
    say("An earlier run left my_blueprint; it goes first.");
    cfy("blueprints", "delete", "my_blueprint");
  }
}

function listed(resource) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cfyPath, resource, "list", "--json"], {
    encoding: "utf8",
  });
  if (status !== 0) stop(stderr);
  return JSON.parse(stdout).map(({ id }) => id);
}

function cfy(...args) {
  shown(`cfy ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, [cfyPath, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) stop(`"cfy ${args.join(" ")}" ended with exit code ${status} ("cfy help exit-codes" lists them).`);
}

function sayWhatIsNext() {
  say(`
That was the whole way: a blueprint, a deployment of it, and two workflows on it.
Put cfy on your PATH with "npm link", or call it as "npx cfy" here. Then try:

  cfy executions list                                    what has run
  cfy node-instances list -d my_deployment               what is deployed, and in which state
  cfy executions start my_workflow -d my_deployment -p greeting=Ahoy
  cfy events list EXECUTION_ID                           what happened, line by line
  cfy uninstall my_deployment                            take it down again
  cfy profiles use MANAGER_HOST                          work with an existing manager instead`);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function shown(command) {
  say(`\n$ ${command}`);
}

function stop(reason) {
  process.stderr.write(`\n${reason}\n`);
  process.exit(1);
}
