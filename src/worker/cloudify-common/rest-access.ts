import { request } from "node:http";
import { issueExecutionToken } from "../../services/executions/execution-token.ts";
import type { Database } from "../../storage/index.ts";

/** How a process of an execution calls the server's API over HTTP. */
export interface Access {
  port: number;
  token: string;
}

/** Gives the executions of this worker their tokens, and knows the port on which the server hears them. */
export class RestAccess {
  readonly #database: Database;
  readonly #serverSocket: string;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(database: Database, serverSocket: string) {
    this.#database = database;
    this.#serverSocket = serverSocket;
  }

  /** @throws Error the server is not there */
  async of(executionId: string): Promise<Access> {
    const token = this.#tokens.get(executionId) ?? this.#issue(executionId);
    this.#tokens.set(executionId, token);
    return { port: await askForPort(this.#serverSocket), token: await token };
  }

  /** The execution has ended: its token is worth nothing any more. */
  forget(executionId: string): void {
    this.#tokens.delete(executionId);
  }

  #issue(executionId: string): Promise<string> {
    return this.#database.unitOfWork((tx) => issueExecutionToken(tx, executionId));
  }
}

const PATIENCE_MILLISECONDS = 30_000;

function askForPort(socketPath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(new Error(`The server does not say where it can be reached over HTTP: ${error.message}`));
    const asked = request(
      { socketPath, method: "POST", path: "/loopback", timeout: PATIENCE_MILLISECONDS },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", failed);
        answer.on("end", () => {
          try {
            const { port } = JSON.parse(Buffer.concat(parts).toString()) as { port?: number };
            if (port === undefined) failed(new Error(`it answered ${answer.statusCode}`));
            else resolve(port);
          } catch (error) {
            failed(error as Error);
          }
        });
      },
    );
    asked.on("timeout", () => asked.destroy(new Error("it did not answer in time")));
    asked.on("error", failed);
    asked.end();
  });
}
