import type { Column } from "../output/column.ts";

interface ServiceRow {
  service: string;
  status: string;
}

export const SERVICE_COLUMNS: readonly Column<ServiceRow>[] = [{ key: "service", whole: true }, { key: "status" }];

/** The parts of a server or a cluster, by name, and how they are. */
export const serviceRows = (services: Record<string, { status: string }>): ServiceRow[] =>
  Object.entries(services).map(([service, { status }]) => ({ service, status }));
