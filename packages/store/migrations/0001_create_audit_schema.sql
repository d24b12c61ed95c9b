-- The first schema: scans and what they read, effective access with validity, and the outbox.

create schema if not exists audit;
comment on schema audit is 'Effective access to Amazon ECR. Dashboards read audit.effective_access; everything else may change.';

-- What is scanned again and again. History belongs to a target, never to a single scan.
create table audit.target (
  id bigint generated always as identity primary key,
  key text not null unique,
  name text not null
);
comment on column audit.target.key is 'organization:o-1, account:111122223333 or accounts:...';

create table audit.scan (
  id uuid primary key,
  -- Order of insertion, for paging.
  sequence bigint generated always as identity unique,
  target_id bigint not null references audit.target (id),
  source text not null check (source in ('aws', 'snapshot')),
  status text not null default 'requested'
    check (status in ('requested', 'collecting', 'evaluating', 'completed', 'failed')),
  requested_at timestamptz not null default now(),
  -- The time that the snapshot describes. Known at the latest when the scan is evaluated.
  taken_at timestamptz,
  completed_at timestamptz,
  failure text,
  input_hash bytea,
  counts jsonb,
  -- Order in which evaluations were written. Within a target it follows taken_at, so validity is compared by it.
  evaluation bigint unique,
  check ((status = 'completed') = (evaluation is not null)),
  check (status <> 'completed' or (taken_at is not null and completed_at is not null and counts is not null)),
  check ((status = 'failed') = (failure is not null))
);
create sequence audit.evaluation_sequence as bigint owned by audit.scan.evaluation;
create index scan_target_evaluation on audit.scan (target_id, evaluation desc) where evaluation is not null;
create index scan_target_input_hash on audit.scan (target_id, input_hash) where input_hash is not null;

-- Content-addressed: a file that did not change between two scans is kept once.
create table audit.snapshot_part (
  hash bytea primary key check (length(hash) = 32),
  -- gzip of the text, which does not compress again.
  content bytea not null,
  size_bytes bigint not null
);
alter table audit.snapshot_part alter column content set storage external;
comment on column audit.snapshot_part.hash is 'SHA-256 of the text before compression';
comment on column audit.snapshot_part.size_bytes is 'of the text before compression';

create table audit.scan_part (
  scan_id uuid not null references audit.scan (id),
  path text collate "C" not null,
  hash bytea not null references audit.snapshot_part (hash),
  primary key (scan_id, path)
);
create index scan_part_hash on audit.scan_part (hash);

create table audit.collection_gap (
  id bigint generated always as identity primary key,
  scan_id uuid not null references audit.scan (id),
  -- Which step of the collection found it, so that the step can be run again.
  step text not null,
  account_id text,
  region text,
  source text not null,
  resource text,
  reason text not null
    check (reason in ('accessDenied', 'throttled', 'timeout', 'missingFile', 'notCollected', 'failed')),
  message text not null,
  unique nulls not distinct (scan_id, step, account_id, region, source, resource)
);

create table audit.coverage (
  scan_id uuid not null references audit.scan (id),
  account_id text not null,
  region text,
  source text not null check (source in ('iam', 'ecr', 'cloudtrail', 'organization')),
  status text not null check (status in ('complete', 'partial', 'notReadable')),
  detail text,
  unique nulls not distinct (scan_id, account_id, region, source)
);

create table audit.account (
  target_id bigint not null references audit.target (id),
  account_id text not null,
  name text not null,
  path text not null,
  first_seen_scan bigint not null references audit.scan (evaluation),
  last_seen_scan bigint not null references audit.scan (evaluation),
  primary key (target_id, account_id)
);
comment on column audit.account.path is 'names of the organizational units down to the account';

create table audit.principal (
  id bigint generated always as identity primary key,
  target_id bigint not null references audit.target (id),
  unique_id text not null,
  arn text not null,
  kind text not null check (kind in ('user', 'role', 'session', 'federatedUser', 'root', 'service', 'external')),
  account_id text,
  name text not null,
  first_seen_scan bigint not null references audit.scan (evaluation),
  last_seen_scan bigint not null references audit.scan (evaluation),
  gone_since_scan bigint references audit.scan (evaluation),
  unique (target_id, unique_id)
);
create index principal_arn on audit.principal (target_id, arn);
comment on column audit.principal.unique_id is 'AWS unique id (AIDA..., AROA...), root:ACCOUNT, service:NAME or external:ARN';
comment on column audit.principal.gone_since_scan is 'null while it exists, or while nobody could read whether it does';

create table audit.repository (
  id bigint generated always as identity primary key,
  target_id bigint not null references audit.target (id),
  arn text not null,
  account_id text not null,
  region text not null,
  name text not null,
  first_seen_scan bigint not null references audit.scan (evaluation),
  last_seen_scan bigint not null references audit.scan (evaluation),
  gone_since_scan bigint references audit.scan (evaluation),
  unique (target_id, arn)
);

-- Content-addressed dictionaries: thousands of cells share one residual, one list of reasons, one list of limits.
create table audit.residual (hash bytea primary key check (length(hash) = 32), content jsonb not null);
create table audit.reasons (hash bytea primary key check (length(hash) = 32), content jsonb not null);
create table audit.limits (hash bytea primary key check (length(hash) = 32), content jsonb not null);
comment on column audit.residual.hash is 'SHA-256 of the JSON text with sorted keys; the same in reasons and limits';

-- One row for each stretch of time in which a cell kept its answer. A cell without a row is denied.
-- No foreign keys: its only writer resolves every id in the same transaction, nothing that it refers to is ever deleted,
-- and with keys the first 600,000 cells took 43 s instead of 26 s.
create table audit.access (
  target_id bigint not null,
  principal_id bigint not null,
  account_id text not null,
  region text not null,
  -- Null for the actions of a registry that have no repository.
  repository_id bigint,
  action text not null,
  decision text not null check (decision in ('allowed', 'conditional', 'unknown')),
  residual_hash bytea,
  reasons_hash bytea not null,
  limits_hash bytea not null,
  valid_from_scan bigint not null,
  valid_to_scan bigint,
  -- Since when decision and residual are what they are: older than valid_from_scan where only the reasons or limits
  -- changed, or where a gap lay between.
  decision_since_scan bigint not null
);
comment on column audit.access.account_id is 'of the registry';
comment on column audit.access.valid_from_scan is 'scan.evaluation in which the row became true';
comment on column audit.access.valid_to_scan is 'scan.evaluation in which it ceased to be true; null while it is';

-- What a principal can, and the set difference of a new evaluation.
create unique index access_valid on audit.access
  (target_id, principal_id, account_id, region, repository_id, action) nulls not distinct
  where valid_to_scan is null;
-- Who can.
create index access_valid_by_repository on audit.access (repository_id, action)
  where valid_to_scan is null and repository_id is not null;
create index access_valid_by_registry on audit.access (target_id, account_id, region, action)
  where valid_to_scan is null and repository_id is null;
-- What one scan opened and closed.
create index access_opened on audit.access (target_id, valid_from_scan);
create index access_closed on audit.access (target_id, valid_to_scan) where valid_to_scan is not null;
-- The history of one cell.
create index access_past on audit.access (principal_id, action, coalesce(repository_id, 0))
  where valid_to_scan is not null;

create table audit.outbox (
  id bigint generated always as identity primary key,
  scan_id uuid not null references audit.scan (id),
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_failure text
);
create index outbox_undelivered on audit.outbox (id) where delivered_at is null;

-- The residual of a cell, for people. plpgsql, because a function in plain SQL cannot call itself.
create function audit.condition_text(residual jsonb) returns text
  language plpgsql immutable strict parallel safe
  as $$
begin
  if residual ? 'all' then
    return coalesce(
      (select '(' || string_agg(audit.condition_text(part), ' and ' order by place) || ')'
       from jsonb_array_elements(residual -> 'all') with ordinality as parts (part, place)),
      'always');
  elsif residual ? 'any' then
    return coalesce(
      (select '(' || string_agg(audit.condition_text(part), ' or ' order by place) || ')'
       from jsonb_array_elements(residual -> 'any') with ordinality as parts (part, place)),
      'never');
  elsif residual ? 'not' then
    return 'not ' || audit.condition_text(residual -> 'not');
  elsif residual ? 'operator' then
    return (residual ->> 'key') || ' ' || (residual ->> 'operator') || ' '
      || coalesce((select string_agg(value, ', ' order by place)
                   from jsonb_array_elements_text(residual -> 'values') with ordinality as list (value, place)), '');
  elsif residual ? 'pattern' then
    return (residual ->> 'resource') || ' matches ' || (residual ->> 'pattern');
  elsif residual ? 'unreadable' then
    return 'could not read ' || (residual ->> 'unreadable');
  end if;
  return residual::text;
end
$$;
comment on function audit.condition_text(jsonb) is 'a residual condition as text for people; null stays null';

create view audit.effective_access as
select
  target.key as target,
  access.account_id,
  account.name as account_name,
  access.region,
  principal.unique_id as principal_id,
  principal.arn as principal_arn,
  principal.kind as principal_kind,
  principal.account_id as principal_account_id,
  principal.name as principal_name,
  repository.name as repository,
  repository.arn as repository_arn,
  access.action,
  access.decision,
  residual.content as condition,
  audit.condition_text(residual.content) as condition_text,
  since.taken_at as since
from audit.access
join audit.target on target.id = access.target_id
join audit.principal on principal.id = access.principal_id
left join audit.repository on repository.id = access.repository_id
left join audit.account on account.target_id = access.target_id and account.account_id = access.account_id
left join audit.residual on residual.hash = access.residual_hash
join audit.scan as since on since.evaluation = access.decision_since_scan
where access.valid_to_scan is null;

comment on view audit.effective_access is
  'What each principal may do now: one row for each principal, repository and action. What has no row is denied.';
comment on column audit.effective_access.target is 'what was scanned, such as organization:o-1 or account:111122223333';
comment on column audit.effective_access.account_id is 'AWS account of the registry';
comment on column audit.effective_access.region is 'region of the registry';
comment on column audit.effective_access.principal_id is 'AWS unique id: it survives a rename, and a principal of the same name that is created again has another one';
comment on column audit.effective_access.principal_kind is 'user, role, session, federatedUser, root, service, or external for an account outside the scan';
comment on column audit.effective_access.principal_account_id is 'null for AWS services';
comment on column audit.effective_access.repository is 'null for the actions of a registry that have no repository';
comment on column audit.effective_access.action is 'an ECR action such as ecr:PutImage, or a capability: pull, push';
comment on column audit.effective_access.decision is 'allowed, conditional (see condition), or unknown (something could not be read)';
comment on column audit.effective_access.condition is 'the residual condition as JSON; null when allowed without one';
comment on column audit.effective_access.since is 'time of the first snapshot that showed this decision under this condition';
