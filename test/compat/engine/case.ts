import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The form of a recorded engine scenario: what is done, and what a manager showed after each step. */

export interface EngineCase {
  name: string;
  folder: string;
  about: string;
  inputs: Record<string, unknown>;
  blueprint: string;
  before?: Step[];
  notes?: string[];
  steps: Step[];
}

export interface Step {
  do: string;
  as?: string;
  blueprint?: string;
  inputs?: Record<string, unknown>;
  workflow?: string;
  parameters?: Record<string, unknown>;
  flags?: Record<string, unknown>;
  deployment?: string;
  wait?: boolean;
  of?: string;
  when?: EventPattern;
  execution?: string;
  seconds?: number;
  file?: string;
  key?: string;
  value?: unknown;
  name?: string;
  names?: string[];
  id?: string;
  since_in?: number;
  count?: number;
  recurrence?: string;
  timeout?: number;
  execution_arguments?: Record<string, unknown>;
  deployments?: string[];
  group?: string;
  concurrency?: number;
  order?: string[];
  instance?: string;
  state?: string;
  expect?: Expectation;
}

export interface EventPattern {
  type?: string;
  event_type?: string;
  node_name?: string;
  operation?: string;
  message_contains?: string;
  count?: number;
}

export interface ShownEvent {
  type: string;
  event_type?: string;
  level?: string;
  node: string | null;
  source?: string | null;
  target?: string | null;
  operation: string | null;
  message: string;
  error_causes?: { type: string; message: string }[];
}

export interface ShownOperation {
  n: number;
  graph: string;
  type: string;
  name: string;
  state: string;
  instance?: string;
  operation?: string;
  set_state?: string;
  event?: string;
  related?: string;
  subgraph?: number;
  after: number[];
  retry_of?: number;
  current_retries?: number;
  total_retries?: number;
}

/** The part of a step's record that stands for one execution; group members carry the same. */
export interface ExecutionRecord {
  execution?: Record<string, unknown>;
  events?: ShownEvent[];
  events_order?: "total" | "partial" | "observed-once";
  happens_before?: [number, number][];
  sequences?: Record<string, number[]>;
  unordered_sequences?: Record<string, number[]>;
  operations?: ShownOperation[];
  /** Paths whose value was not the same in every recorded run. */
  differs_between_runs?: string[];
}

export interface Expectation extends ExecutionRecord {
  refused?: { status_code: number; error_code: string; message: string };
  start_status?: string;
  answer_status?: string;
  node_instances?: Record<string, Record<string, unknown>>;
  deployment?: Record<string, unknown>;
  deployment_update?: Record<string, unknown>;
  nodes_after?: Record<string, unknown>;
  workflows?: Record<string, unknown>;
  created?: Record<string, unknown>;
  schedule_after?: Record<string, unknown>;
  group_status?: string;
  group_events?: ShownEvent[];
  members?: Record<string, ExecutionRecord>;
  started_executions?: Record<string, ExecutionRecord>;
  RECORDER_PROBLEM?: string;
}

/** The scenarios of a folder, in the order of their numbers. */
export function readCases(folder: string): EngineCase[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "case.json")))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => ({
      ...(JSON.parse(readFileSync(join(folder, name, "case.json"), "utf8")) as EngineCase),
      name,
      folder: join(folder, name),
    }));
}
