import type { FastifyInstance, FastifyRequest } from "fastify";
import { badParameters, Refusal } from "../../services/refusal.ts";

/** More than any list of inputs or events that a client sends at once; archives are uploaded, not parsed. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Objects and lists within each other. What walks a document calls itself for each of them, and a stack has an end. */
const DEEPEST = 500;

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route reads the body itself, as a stream, whatever its type says. */
    streamsBody?: boolean;
  }
}

/** Reads JSON bodies, and leaves those of uploads untouched. */
export function addBodyParser(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async (request: FastifyRequest, payload: NodeJS.ReadableStream) => {
    if (request.routeOptions.config.streamsBody) return payload;
    // Nobody has asked who sends this.
    if (request.is404) return undefined;
    const text = await readText(payload);
    if (text === "") return undefined;
    // A charset after the type is refused as well: clients of this API rely on it being refused.
    if (request.headers["content-type"] !== "application/json") {
      throw new Refusal("unsupported_content_type_error", "Content type must be application/json");
    }
    return parseJson(text);
  });
}

async function readText(payload: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_BYTES) throw badParameters(`The request body is larger than ${MOST_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Seen before it is parsed; brackets in texts do not count. */
function isDeeper(json: string, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at];
    if (mark === '"') inText = !inText;
    else if (inText) at += mark === "\\" ? 1 : 0;
    else if (mark === "[" || mark === "{") depth += 1;
    else if (mark === "]" || mark === "}") depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

function parseJson(text: string): unknown {
  if (isDeeper(text, DEEPEST)) throw badParameters(`The request body is nested more than ${DEEPEST} levels deep`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badParameters(`The request body is not valid JSON: ${(error as Error).message}`);
  }
}
