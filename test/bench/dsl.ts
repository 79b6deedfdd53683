// How long it takes to parse and prepare blueprints, and how that grows. Alone: npm run bench -- dsl
import { performance } from "node:perf_hooks";
import { memoryResolver, type Plan, parseBlueprint, prepareDeployment } from "../../src/dsl/index.ts";

export interface Measurement {
  name: string;
  /** The best of several runs. */
  milliseconds: number;
  /** Time for each node template or instance, in microseconds: constant when the growth is linear. */
  microsecondsEach: number;
}

const RUNS = 3;

export async function measureDsl(sizes: readonly number[] = [1_000, 2_000, 5_000, 10_000]): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const size of sizes) {
    const text = generateBlueprint(size);
    const plan = await parse(text);
    measurements.push(
      await best(`parse ${size} node templates`, size, () => parse(text)),
      await best(`prepare ${size} node templates`, size, () => prepareDeployment(plan)),
    );
  }
  const scaled = await parse(generateScaledBlueprint(10_000));
  measurements.push(await best("expand to 10000 node instances", 10_000, () => prepareDeployment(scaled)));
  return measurements;
}

async function best(name: string, size: number, run: () => Promise<unknown>): Promise<Measurement> {
  let milliseconds = Number.POSITIVE_INFINITY;
  for (let count = 0; count < RUNS; count++) {
    const start = performance.now();
    await run();
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { name, milliseconds, microsecondsEach: (milliseconds * 1_000) / size };
}

async function parse(text: string): Promise<Plan> {
  const result = await parseBlueprint({ location: "blueprint.yaml", text }, memoryResolver({}));
  if (!result.ok) throw result.errors[0];
  return result.plan;
}

/** Node templates of 20 types, each related to others and full of functions. */
export function generateBlueprint(size: number): string {
  const types = Array.from(
    { length: 20 },
    (_, index) => `  app.Type${index}:
    derived_from: ${index < 5 ? "cloudify.nodes.Root" : `app.Type${index % 5}`}
    properties:
      name: {type: string}
      port: {type: integer, default: ${8000 + index}}
      settings${index}: {default: {mode: fast, retries: 3}}
    interfaces:
      cloudify.interfaces.lifecycle:
        create: {implementation: ops.tasks.create, inputs: {port: {default: {get_property: [SELF, port]}}}}
`,
  );
  const templates = Array.from(
    { length: size },
    (_, index) => `  node_${index}:
    type: app.Type${index % 20}
    properties:
      name: {concat: [{get_input: prefix}, '-', ${index}]}
      port: ${10_000 + (index % 5_000)}
    interfaces:
      cloudify.interfaces.lifecycle:
        start:
          implementation: ops.tasks.start
          inputs:
            name: {get_property: [SELF, name]}
            address: {get_attribute: [SELF, ip]}
${
  index === 0
    ? ""
    : `    relationships:
      - type: ${index % 3 === 0 ? "cloudify.relationships.contained_in" : "cloudify.relationships.connected_to"}
        target: node_${Math.floor((index - 1) / 2)}
`
}`,
  );
  return `tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
inputs:
  prefix: {type: string, default: app}
plugins:
  ops: {executor: central_deployment_agent, install: false}
node_types:
${types.join("")}node_templates:
${templates.join("")}outputs:
  first: {value: {get_property: [node_0, name]}}
`;
}

/** A scaling group of hosts with what they contain, so many instances in all. */
function generateScaledBlueprint(instances: number): string {
  const groups = instances / 10;
  return `tosca_definitions_version: cloudify_dsl_1_5
imports: [cloudify/types/types.yaml]
node_templates:
  host: {type: cloudify.nodes.Compute}
  app:
    type: cloudify.nodes.Root
    capabilities: {scalable: {properties: {default_instances: 8}}}
    relationships:
      - {type: cloudify.relationships.contained_in, target: host}
      - {type: cloudify.relationships.connected_to, target: store}
  store: {type: cloudify.nodes.Root}
groups: {cell: {members: [host, store]}}
policies:
  scale: {type: cloudify.policies.scaling, targets: [cell], properties: {default_instances: ${groups}}}
`;
}

export async function printDsl(): Promise<void> {
  for (const { name, milliseconds, microsecondsEach } of await measureDsl()) {
    console.log(
      `${name.padEnd(36)} ${milliseconds.toFixed(0).padStart(6)} ms ${microsecondsEach.toFixed(0).padStart(6)} us each`,
    );
  }
}
