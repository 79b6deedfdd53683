-- What the server makes of itself: the row says what became of it, the file lies beside the server's files.

create table snapshots (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  status text not null,
  error text,
  unique (tenant_name, id)
);

create table log_bundles (
  storage_id integer primary key autoincrement,
  tenant_name text not null references tenants (name) on delete cascade,
  id text not null,
  visibility text not null,
  created_by text not null,
  created_at text not null,
  status text not null,
  error text,
  unique (tenant_name, id)
);
