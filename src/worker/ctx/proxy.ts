import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "../../api/resources.ts";
import { pythonJson } from "../../lib/python-json.ts";
import { pythonStr } from "../../lib/python-text.ts";
import { StopOperation } from "./operation-end.ts";
import { type ContextTree, walk } from "./walk.ts";

const LARGEST_REQUEST = 64 * 1024 * 1024;

/** One answer of the proxy, before it is written in the form that the caller asked for. */
type Answer =
  | { type: "result"; payload: Json }
  | { type: "stop_operation"; payload: { message: string } }
  | { type: "error"; payload: { type: string; message: string; traceback: string } };

/**
 * Lets the scripts of all operations of this worker reach their contexts. It listens on the loopback address; the
 * unguessable path of a script's URL is what allows the access, and it ends with the operation.
 */
export class ContextProxy {
  readonly #contexts = new Map<string, ContextTree>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async listen(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.#server.unref();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Opens the context to whoever knows the returned URL. */
  open(tree: ContextTree): { url: string; close: () => void } {
    const secret = randomBytes(16).toString("hex");
    this.#contexts.set(secret, tree);
    const { port } = this.#server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/${secret}`, close: () => void this.#contexts.delete(secret) };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const tree = this.#contexts.get((request.url ?? "").slice(1));
    if (tree === undefined) return void response.writeHead(404).end("This operation has ended.\n");
    const answer = await body(request).then((text) => answerTo(tree, text), asError);
    const form = request.headers.accept ?? "";
    if (form === "text/x-ctx" || form === "text/x-ctx-json") return respondToCommand(response, answer, form);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }
}

/** Our own `ctx` command gets the text to print and, in the status, whether it is a result: so it parses nothing and starts fast. */
function respondToCommand(response: ServerResponse, answer: Answer, form: string): void {
  if (answer.type === "result") {
    const text = form === "text/x-ctx-json" ? pythonJson(answer.payload) : printed(answer.payload);
    response.writeHead(200).end(text);
  } else response.writeHead(answer.type === "stop_operation" ? 409 : 400).end(`${answer.payload.message}\n`);
}

/** Values that are false in Python print nothing. */
function printed(value: Json): string {
  const empty = !value || (typeof value === "object" && Object.keys(value).length === 0);
  return empty ? "" : pythonStr(value);
}

async function answerTo(tree: ContextTree, text: string): Promise<Answer> {
  try {
    const { args } = JSON.parse(text) as { args?: Json };
    if (!Array.isArray(args)) throw new Error("the request has no list of arguments");
    return { type: "result", payload: await walk(tree, args) };
  } catch (error) {
    return asError(error);
  }
}

function asError(error: unknown): Answer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof StopOperation) return { type: "stop_operation", payload: { message } };
  return { type: "error", payload: { type: name === "Error" ? "RuntimeError" : name, message, traceback: "" } };
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) throw new Error("the arguments of ctx are too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
