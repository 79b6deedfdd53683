import type { Json } from "../../api/resources.ts";
import type { Client } from "../../client/index.ts";
import type { Candidate, Live } from "./propose.ts";

/** What a workflow or a blueprint says about a value that it takes. */
interface Declaration {
  type?: string;
  description?: string;
  default?: Json;
  required?: boolean;
  constraints?: readonly { valid_values?: readonly Json[] }[];
}

type Declarations = Readonly<Record<string, Declaration>>;

/** `key=` for each value that may still be given, with its type and default; after the `=`, what it can be. */
export async function declaredCandidates(client: Client, live: Live, signal: AbortSignal): Promise<Candidate[]> {
  const declared =
    live.completer === "workflow-parameter"
      ? await parametersOf(client, live.known, signal)
      : await inputsOf(client, live.known, signal);
  if (live.key !== undefined) return valuesOf(declared[live.key]);
  const given = new Set(live.given.map((text) => text.split("=", 1)[0]));
  return Object.entries(declared)
    .filter(([key]) => !given.has(key))
    .map(([key, declaration]) => ({ word: `${key}=`, meaning: meaningOf(declaration) }));
}

async function parametersOf(
  client: Client,
  known: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Declarations> {
  // On the server of this machine -b names what init made of a blueprint: a deployment.
  const deployment = known.get("DEPLOYMENT_ID") ?? known.get("BLUEPRINT_ID");
  const workflow = known.get("WORKFLOW_ID");
  if (deployment === undefined || workflow === undefined) return {};
  const { workflows } = await client.deployments.get(deployment, { _include: ["workflows"] }, { signal });
  return (workflows.find(({ name }) => name === workflow)?.parameters ?? {}) as Declarations;
}

async function inputsOf(
  client: Client,
  known: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Declarations> {
  const blueprint =
    known.get("BLUEPRINT_ID") ??
    (await blueprintOf(client, known.get("DEPLOYMENT_ID") ?? known.get("DEPLOYMENT_IDS"), signal));
  if (blueprint === undefined) return {};
  const { plan } = await client.blueprints.get(blueprint, { _include: ["plan"] }, { signal });
  return ((plan as { inputs?: Declarations } | undefined)?.inputs ?? {}) as Declarations;
}

async function blueprintOf(
  client: Client,
  deployment: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (deployment === undefined) return undefined;
  return (await client.deployments.get(deployment, { _include: ["blueprint_id"] }, { signal })).blueprint_id;
}

function valuesOf(declaration: Declaration | undefined): Candidate[] {
  const valid = declaration?.constraints?.flatMap(({ valid_values: values = [] }) => values) ?? [];
  const values = valid.length > 0 ? valid : declaration?.type === "boolean" ? [true, false] : [];
  return values.map((value) => ({
    word: String(value),
    meaning: value === declaration?.default ? "the default" : "",
  }));
}

/** `integer, default 5: how many` */
function meaningOf({ type, description, required, default: value }: Declaration): string {
  const needed =
    value !== undefined ? `default ${JSON.stringify(value)}` : required === false ? "optional" : "required";
  const facts = [type, needed].filter(Boolean).join(", ");
  return description ? `${facts}: ${description}` : facts;
}
