// A manager that knows nothing but executions: answers as many as a page asks for. Prints its port.
import { createServer } from "node:http";

const execution = (index) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  visibility: "tenant",
  created_at: "2026-01-31T10:30:00.000Z",
  ended_at: "2026-01-31T10:31:00.000Z",
  error: "",
  is_system_workflow: false,
  parameters: { node_ids: [], delta: index },
  status: "terminated",
  workflow_id: "install",
  started_at: "2026-01-31T10:30:01.000Z",
  scheduled_for: null,
  is_dry_run: false,
  resume: false,
  total_operations: 12,
  finished_operations: 12,
  allow_custom_parameters: false,
  blueprint_id: "application",
  execution_group_id: null,
  deployment_display_name: `application ${index}`,
  status_display: "completed",
  tenant_name: "default_tenant",
  created_by: "admin",
  private_resource: false,
  resource_availability: "tenant",
  deployment_id: `application-${index}`,
});

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const size = pathname.endsWith("/executions") ? Number(searchParams.get("_size") ?? 1000) : 0;
  const items = Array.from({ length: size }, (_, index) => execution(index));
  const pagination = { total: size, size, offset: 0 };
  const body = JSON.stringify({ items, metadata: { pagination, filtered: null } });
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
