-- A list shows a tenant's rows and the global ones of others, so no index that begins with the tenant helps it. These begin
-- with what the list is narrowed to.

drop index executions_by_deployment;
create index executions_by_deployment on executions (deployment_id, tenant_name, status);

drop index node_instances_by_node;
create index node_instances_by_node on node_instances (deployment_id, tenant_name, node_id);

drop index deployments_by_blueprint;
create index deployments_by_blueprint on deployments (blueprint_id, blueprint_tenant_name);

create index nodes_by_deployment on nodes (deployment_id);
