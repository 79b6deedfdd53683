-- Which worker installs which plugin. A worker that is given up loses them, as it loses its executions.

create table plugin_leases (
  plugin_id text primary key references plugins (id) on delete cascade,
  worker_id text not null references workers (id) on delete cascade
);
create index plugin_leases_by_worker on plugin_leases (worker_id);
