-- Identity

create table tenants (
  storage_id integer primary key autoincrement,
  name text not null unique,
  created_at text not null
);

create table users (
  storage_id integer primary key autoincrement,
  username text not null unique,
  password_hash text not null,
  role text not null,
  active integer not null default 1,
  show_getting_started integer not null default 1,
  created_at text not null,
  first_login_at text,
  last_login_at text,
  failed_logins integer not null default 0,
  last_failed_login_at text
);

create table user_groups (
  storage_id integer primary key autoincrement,
  name text not null unique,
  ldap_dn text,
  role text not null
);

create table user_group_members (
  group_name text not null references user_groups (name) on delete cascade,
  username text not null references users (username) on delete cascade,
  primary key (group_name, username)
);

create table tenant_users (
  tenant_name text not null references tenants (name) on delete cascade,
  username text not null references users (username) on delete cascade,
  role text not null,
  primary key (tenant_name, username)
);

create table tenant_groups (
  tenant_name text not null references tenants (name) on delete cascade,
  group_name text not null references user_groups (name) on delete cascade,
  role text not null,
  primary key (tenant_name, group_name)
);

create table role_permissions (
  role text not null,
  permission text not null,
  primary key (role, permission)
);

create table tokens (
  storage_id integer primary key autoincrement,
  id text not null unique,
  username text not null references users (username) on delete cascade,
  secret_hash text not null,
  description text,
  created_at text not null,
  expiration_date text,
  last_used text
);

-- What runs, and where

create table sites (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  name text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  latitude real,
  longitude real,
  unique (tenant_name, name)
);

create table blueprints (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  updated_at text,
  main_file_name text,
  plan text,
  requirements text,
  description text,
  is_hidden integer not null default 0,
  state text not null,
  error text,
  error_traceback text,
  upload_execution_id text,
  unique (tenant_name, id)
);

create table blueprint_labels (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  resource_id text not null,
  key text not null,
  value text not null,
  created_by text not null,
  created_at text not null,
  foreign key (tenant_name, resource_id) references blueprints (tenant_name, id) on delete cascade,
  unique (tenant_name, resource_id, key, value)
);
create index blueprint_labels_by_key on blueprint_labels (tenant_name, key, value);

create table deployments (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  updated_at text,
  display_name text not null,
  description text,
  blueprint_tenant_name text not null,
  blueprint_id text not null,
  inputs text,
  outputs text,
  capabilities text,
  groups text,
  scaling_groups text,
  policy_triggers text,
  policy_types text,
  workflows text,
  permalink text,
  runtime_only_evaluation integer not null default 0,
  installation_status text not null default 'inactive',
  deployment_status text not null default 'requires_attention',
  sub_services_status text,
  sub_environments_status text,
  sub_services_count integer not null default 0,
  sub_environments_count integer not null default 0,
  resource_tags text,
  site_name text,
  latest_execution text,
  create_execution text,
  foreign key (blueprint_tenant_name, blueprint_id) references blueprints (tenant_name, id),
  unique (tenant_name, id)
);
create index deployments_by_blueprint on deployments (blueprint_tenant_name, blueprint_id);
create index deployments_by_site on deployments (tenant_name, site_name);

create table deployment_labels (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  resource_id text not null,
  key text not null,
  value text not null,
  created_by text not null,
  created_at text not null,
  foreign key (tenant_name, resource_id) references deployments (tenant_name, id) on delete cascade,
  unique (tenant_name, resource_id, key, value)
);
create index deployment_labels_by_key on deployment_labels (tenant_name, key, value);

create table executions (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null unique,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  deployment_id text,
  blueprint_id text,
  workflow_id text not null,
  status text not null,
  parameters text not null,
  allow_custom_parameters integer not null default 0,
  is_system_workflow integer not null default 0,
  is_dry_run integer not null default 0,
  resume integer not null default 0,
  force integer not null default 0,
  wait_after_fail integer not null default 600,
  error text,
  started_at text,
  ended_at text,
  scheduled_for text,
  total_operations integer,
  finished_operations integer,
  token_hash text,
  foreign key (tenant_name, deployment_id) references deployments (tenant_name, id) on delete cascade
);
create index executions_by_deployment on executions (tenant_name, deployment_id, status);
create index executions_by_status on executions (status);
create index executions_by_creation on executions (created_at);
-- Counting what a user may see reads this index alone.
create index executions_by_scope on executions (tenant_name, visibility, created_by, is_system_workflow);
create index executions_by_token on executions (token_hash);

create table workers (
  id text primary key,
  pid integer not null,
  started_at text not null,
  heartbeat_at text not null
);

create table leases (
  execution_id text primary key references executions (id) on delete cascade,
  worker_id text not null references workers (id) on delete cascade,
  claimed_at text not null
);
create index leases_by_worker on leases (worker_id);

create table events (
  storage_id integer primary key autoincrement,
  type text not null,
  tenant_name text not null references tenants (name) on delete cascade,
  execution_id text references executions (id) on delete cascade,
  execution_group_id text,
  blueprint_id text,
  deployment_id text,
  workflow_id text,
  timestamp text not null,
  reported_timestamp text not null,
  message text,
  message_code text,
  event_type text,
  level text,
  logger text,
  operation text,
  node_instance_id text,
  source_id text,
  target_id text,
  error_causes text,
  manager_name text,
  agent_name text
);
-- Counting an execution's events and skipping to an offset read this index alone.
create index events_by_execution on events
  (execution_id, reported_timestamp, timestamp, storage_id, type, tenant_name);
create index events_by_execution_group on events (execution_group_id, reported_timestamp);
create index events_by_deployment on events (tenant_name, deployment_id, reported_timestamp);
create index events_by_time on events (tenant_name, reported_timestamp);

create table nodes (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  deployment_id text not null,
  id text not null,
  visibility text not null,
  created_by text not null,
  host_id text,
  type text not null,
  type_hierarchy text not null,
  properties text not null,
  operations text not null,
  plugins text not null,
  plugins_to_install text not null,
  relationships text not null,
  number_of_instances integer not null,
  planned_number_of_instances integer not null,
  deploy_number_of_instances integer not null,
  min_number_of_instances integer not null,
  max_number_of_instances integer not null,
  foreign key (tenant_name, deployment_id) references deployments (tenant_name, id) on delete cascade,
  unique (tenant_name, deployment_id, id)
);

create table node_instances (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  deployment_id text not null,
  node_id text not null,
  id text not null,
  visibility text not null,
  created_by text not null,
  host_id text,
  "index" integer not null,
  relationships text not null,
  runtime_properties text not null,
  system_properties text not null,
  scaling_groups text not null,
  state text not null,
  version integer not null,
  has_configuration_drift integer not null default 0,
  is_status_check_ok integer not null default 1,
  foreign key (tenant_name, deployment_id, node_id) references nodes (tenant_name, deployment_id, id) on delete cascade,
  unique (tenant_name, id)
);
create index node_instances_by_node on node_instances (tenant_name, deployment_id, node_id);

create table tasks_graphs (
  storage_id integer primary key autoincrement,
  id text not null unique,
  execution_id text not null references executions (id) on delete cascade,
  name text not null,
  created_at text not null
);
create index tasks_graphs_by_execution on tasks_graphs (execution_id, name);

create table operations (
  storage_id integer primary key autoincrement,
  id text not null unique,
  tasks_graph_id text not null references tasks_graphs (id) on delete cascade,
  name text not null,
  state text not null,
  type text not null,
  dependencies text not null,
  parameters text not null,
  manager_name text,
  agent_name text,
  created_at text not null
);
create index operations_by_graph on operations (tasks_graph_id, state);

create table execution_groups (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null unique,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  deployment_group_id text,
  workflow_id text not null,
  concurrency integer not null default 5,
  success_group_id text,
  failure_group_id text
);

create table execution_group_members (
  execution_group_id text not null references execution_groups (id) on delete cascade,
  execution_id text not null references executions (id) on delete cascade,
  primary key (execution_group_id, execution_id)
);
create index execution_groups_by_member on execution_group_members (execution_id);

create table execution_schedules (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  deployment_id text not null,
  id text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  workflow_id text not null,
  parameters text not null,
  execution_arguments text not null,
  rule text not null,
  since text not null,
  until text,
  next_occurrence text,
  slip integer not null default 0,
  stop_on_fail integer not null default 0,
  enabled integer not null default 1,
  latest_execution text,
  foreign key (tenant_name, deployment_id) references deployments (tenant_name, id) on delete cascade,
  unique (tenant_name, deployment_id, id)
);
create index execution_schedules_by_next_occurrence on execution_schedules (enabled, next_occurrence);

create table deployment_groups (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  description text,
  default_blueprint_id text,
  default_inputs text,
  creation_counter integer not null default 0,
  unique (tenant_name, id)
);

create table deployment_group_members (
  tenant_name text not null,
  deployment_group_id text not null,
  deployment_id text not null,
  primary key (tenant_name, deployment_group_id, deployment_id),
  foreign key (tenant_name, deployment_group_id) references deployment_groups (tenant_name, id) on delete cascade,
  foreign key (tenant_name, deployment_id) references deployments (tenant_name, id) on delete cascade
);
create index deployment_groups_by_member on deployment_group_members (tenant_name, deployment_id);

create table deployment_group_labels (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  resource_id text not null,
  key text not null,
  value text not null,
  created_by text not null,
  created_at text not null,
  foreign key (tenant_name, resource_id) references deployment_groups (tenant_name, id) on delete cascade,
  unique (tenant_name, resource_id, key, value)
);

create table deployment_modifications (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  id text not null unique,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  ended_at text,
  deployment_id text not null,
  status text not null,
  context text not null,
  modified_nodes text not null,
  node_instances text not null,
  foreign key (tenant_name, deployment_id) references deployments (tenant_name, id) on delete cascade
);
create index deployment_modifications_by_deployment on deployment_modifications (tenant_name, deployment_id, status);

create table deployment_updates (
  storage_id integer primary key autoincrement,
  tenant_name text not null,
  id text not null unique,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  deployment_id text not null,
  execution_id text,
  state text not null,
  old_blueprint_id text,
  new_blueprint_id text,
  old_inputs text,
  new_inputs text,
  runtime_only_evaluation integer not null default 0,
  keep_old_deployment_dependencies integer not null default 0,
  details text not null,
  foreign key (tenant_name, deployment_id) references deployments (tenant_name, id) on delete cascade
);
create index deployment_updates_by_deployment on deployment_updates (tenant_name, deployment_id);
create index deployment_updates_by_execution on deployment_updates (execution_id);

create table inter_deployment_dependencies (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null unique,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  dependency_creator text not null,
  source_deployment_id text,
  target_deployment_id text,
  target_deployment_func text,
  external_source text,
  external_target text
);
create index dependencies_by_source on inter_deployment_dependencies (tenant_name, source_deployment_id);
create index dependencies_by_target on inter_deployment_dependencies (tenant_name, target_deployment_id);

-- What a tenant keeps

create table secrets (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  key text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  updated_at text,
  sealed_value text,
  is_hidden_value integer not null default 0,
  schema text,
  provider_name text,
  provider_options text,
  unique (tenant_name, key)
);

create table filters (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null,
  filtered_resource text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  updated_at text,
  value text not null,
  is_system_filter integer not null default 0,
  unique (tenant_name, filtered_resource, id)
);

create table plugins (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null unique,
  visibility text not null,
  created_by text not null,
  uploaded_at text not null,
  archive_name text not null,
  title text,
  package_name text not null,
  package_version text,
  package_source text,
  distribution text,
  distribution_release text,
  distribution_version text,
  supported_platform text,
  supported_py_versions text,
  excluded_wheels text,
  wheels text,
  blueprint_labels text,
  labels text,
  resource_tags text
);
create index plugins_by_package on plugins (tenant_name, package_name, package_version);

create table plugin_installations (
  plugin_id text not null references plugins (id) on delete cascade,
  place text not null,
  place_name text not null,
  state text not null,
  error text,
  primary key (plugin_id, place, place_name)
);

create table plugin_updates (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null unique,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  blueprint_id text,
  temp_blueprint_id text,
  execution_id text,
  state text not null,
  forced integer not null default 0,
  all_tenants integer not null default 0,
  deployments_to_update text,
  deployments_per_tenant text
);

-- The server itself

create table config (
  scope text not null,
  name text not null,
  value text not null,
  schema text,
  is_editable integer not null default 1,
  admin_only integer not null default 0,
  updated_at text,
  updater_name text,
  primary key (scope, name)
);

create table provider_context (
  id text primary key,
  name text not null,
  context text not null
);

create table settings (
  name text primary key,
  value text not null
);

create table audit_log (
  id integer primary key autoincrement,
  ref_table text not null,
  ref_id integer,
  ref_identifier text,
  operation text not null,
  creator_name text,
  execution_id text,
  created_at text not null
);
create index audit_log_by_time on audit_log (created_at);
