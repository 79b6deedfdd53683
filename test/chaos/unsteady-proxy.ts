import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/**
 * What happens to a request on its way: it passes; it is cut off before it arrives, after its answer has begun, or when
 * it has been obeyed and the answer is due; a gateway answers 502 for it, before or after it was obeyed; it is late.
 */
export type Fate = "pass" | "cut-before" | "cut-within" | "cut-answer" | "502-before" | "502-after" | "delay";

export interface UnsteadyProxy {
  port: number;
  /** How many requests met each fate. */
  met: Map<Fate, number>;
}

const DELAY_MS = 300;

/** A proxy on a port of this machine before a server on a unix socket, until the test has ended. */
export async function unsteadyProxy(
  socketPath: string,
  fateOf: (asked: IncomingMessage) => Fate,
): Promise<UnsteadyProxy> {
  const met = new Map<Fate, number>();
  const server = createServer((asked, answer) => {
    const fate = fateOf(asked);
    met.set(fate, (met.get(fate) ?? 0) + 1);
    if (fate === "cut-before") return void asked.socket.destroy();
    if (fate === "502-before") return badGateway(answer);
    if (fate === "delay") return void setTimeout(() => pass(socketPath, asked, answer, fate), DELAY_MS);
    pass(socketPath, asked, answer, fate);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, met };
}

function pass(socketPath: string, asked: IncomingMessage, answer: ServerResponse, fate: Fate): void {
  const { method, url, headers } = asked;
  const passed = request({ socketPath, method, path: url, headers }, async (got) => {
    const chunks: Buffer[] = [];
    for await (const chunk of got) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (fate === "cut-answer") return asked.socket.destroy();
    if (fate === "502-after") return badGateway(answer);
    answer.writeHead(got.statusCode ?? 500, got.headers);
    if (fate !== "cut-within") return answer.end(body);
    answer.write(body.subarray(0, body.length / 2), () => asked.socket.destroy());
  });
  passed.on("error", () => asked.socket.destroy());
  answer.once("close", () => passed.destroy());
  asked.pipe(passed);
}

function badGateway(answer: ServerResponse): void {
  answer.writeHead(502, { "Content-Type": "text/html" });
  answer.end("<html><body>502 Bad Gateway</body></html>");
}
