-- Who may ask the API, and who asked what: tokens by the hash of their secret, and a log of every change and every report read.

create table audit.api_token (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  secret_hash bytea not null unique check (octet_length(secret_hash) = 32),
  scope text not null check (scope in ('read', 'operate', 'admin')),
  account_ids jsonb check (jsonb_typeof(account_ids) = 'array' and account_ids <> '[]'),
  created_at timestamptz not null default now(),
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  last_used_at timestamptz
);
create unique index api_token_name on audit.api_token (name) where revoked_at is null;
comment on table audit.api_token is 'Secrets are not kept: only who was given one sees it, once.';
comment on column audit.api_token.secret_hash is 'SHA-256 of the token: of 256 random bits, of which no list of likely ones can be made, so that no slow hash is needed';
comment on column audit.api_token.account_ids is 'the accounts whose data it may see; null is all';
comment on column audit.api_token.last_used_at is 'written about once a minute';

create table audit.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('token', 'oidc', 'local', 'cli')),
  actor_id text not null,
  actor_name text not null,
  operation text not null,
  is_change boolean not null,
  method text,
  path text,
  parameters json not null,
  status smallint,
  request_id text,
  times integer not null check (times > 0)
);
create index audit_log_at on audit.audit_log (at);
create index audit_log_actor on audit.audit_log (actor_id, id);
comment on table audit.audit_log is 'Who changed what, and who read which report. Bodies are not kept.';
comment on column audit.audit_log.actor_kind is 'token: one of audit.api_token; oidc: of an issuer; local: the API without a login; cli: the command line';
comment on column audit.audit_log.actor_id is 'the id of the token, or issuer and subject';
comment on column audit.audit_log.operation is 'operationId of the API, or what the command line did';
comment on column audit.audit_log.parameters is 'of path and query, and whatever of a change identifies what was changed';
comment on column audit.audit_log.times is 'equal reads within a moment are one row';
