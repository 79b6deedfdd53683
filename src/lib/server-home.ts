import { userInfo } from "node:os";
import { join } from "node:path";

/** Where the embedded server of one user keeps what it has. Server, worker and command line agree on it here. */
export interface ServerHome {
  /** Mode 0700, and everything below it with it. */
  directory: string;
  database: string;
  /** Blueprints, deployments' work directories, plugins. */
  files: string;
  /** What the values of secrets are sealed with. */
  secretsKey: string;
  socket: string;
  pidFile: string;
  /** The password that `admin` got when the server first listened on the network, until it is changed. */
  adminPassword: string;
  /** Held by the one server that runs. */
  lockFile: string;
  /** Held by the command that starts one. */
  startLock: string;
  log: string;
  workerLog: string;
}

// The kernel keeps a socket's path in 104 bytes (macOS, BSD) or 108 (Linux), the closing zero included.
const LONGEST_SOCKET_PATH = 103;

/** @param root the directory of everything cfy keeps, `~/.cloudify` */
export function serverHome(root: string): ServerHome {
  const directory = join(root, "server");
  return {
    directory,
    database: join(directory, "cfy.db"),
    files: join(directory, "files"),
    secretsKey: join(directory, "secrets.key"),
    socket: socketPath(directory),
    pidFile: join(directory, "server.pid"),
    adminPassword: join(directory, "admin-password"),
    lockFile: join(directory, "server.lock"),
    startLock: join(directory, "start.lock"),
    log: join(directory, "server.log"),
    workerLog: join(directory, "worker.log"),
  };
}

/**
 * In the directory itself, or under a short one of the same user when that path is too long. It depends on nothing that
 * differs between a terminal and a cron job. Who listens there makes the directory with mode 0700 and checks its owner.
 */
function socketPath(directory: string): string {
  const path = join(directory, "server.sock");
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  // Loaded here: it takes a start longer than all else in this file, and hardly any path is so long.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const digest = createHash("sha256").update(directory).digest("hex").slice(0, 16);
  return join("/tmp", `cfy-${userInfo().uid}-${digest}`, "server.sock");
}
