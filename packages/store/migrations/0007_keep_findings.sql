-- Findings live: what a scan found, what became of it, what people approved, and the drift between one scan and the next.

alter table audit.scan add column judged_by text;
comment on column audit.scan.judged_by is 'version of the rules of access and of findings; null where nothing was judged';

create table audit.finding (
  id bigint generated always as identity primary key,
  target_id bigint not null references audit.target (id),
  fingerprint text collate "C" not null,
  rule_id text collate "C" not null,
  status text not null check (status in ('active', 'archived', 'resolved')),
  severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'info')),
  -- 0 is the gravest: by it lists are in order.
  severity_rank smallint not null generated always as (
    case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 when 'low' then 3 else 4 end
  ) stored,
  account_id text,
  region text,
  resource text not null,
  principal_id text,
  principal_arn text,
  title text not null,
  -- Not jsonb, which refuses characters that names in policies may have.
  content json not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  resolved_at timestamptz check ((resolved_at is null) = (status <> 'resolved')),
  reopened_at timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz check ((acknowledged_at is null) = (acknowledged_by is null)),
  exception_id uuid check ((exception_id is null) = (status <> 'archived')),
  unseen text,
  -- With which severity people were told of it, since it was opened last.
  told_severity text,
  told_at timestamptz,
  unique (target_id, fingerprint)
);
create index finding_listed on audit.finding (target_id, status, severity_rank, id);
create index finding_of_account on audit.finding (target_id, account_id, status);
comment on column audit.finding.content is 'the finding as the last scan that showed it found it';
comment on column audit.finding.changed_at is 'when its severity or scope became what they are';
comment on column audit.finding.unseen is 'why a scan that did not show it did not resolve it: what could not be read';

create table audit.finding_change (
  id bigint generated always as identity primary key,
  finding_id bigint not null references audit.finding (id) on delete cascade,
  -- Null where a person did it.
  scan_id uuid references audit.scan (id),
  at timestamptz not null,
  kind text not null check (kind in ('opened', 'changed', 'resolved', 'reopened', 'archived', 'acknowledged')),
  by text,
  why text,
  severity text not null,
  -- The event that made it, or what remains as explanation.
  cause json
);
create index finding_change_of_finding on audit.finding_change (finding_id, id);
create index finding_change_of_scan on audit.finding_change (scan_id) where scan_id is not null;

create table audit.exception (
  id uuid primary key default gen_random_uuid(),
  target_id bigint not null references audit.target (id),
  fingerprint text collate "C" not null,
  approved_by text not null,
  reason text not null,
  approved_at timestamptz not null,
  until timestamptz not null check (until > approved_at),
  source text not null check (source in ('api', 'cli', 'slack', 'file')),
  -- What was approved, as it was then.
  severity text not null,
  scope json not null,
  withdrawn_at timestamptz,
  withdrawn_by text check ((withdrawn_by is null) = (withdrawn_at is null))
);
create index exception_of_finding on audit.exception (target_id, fingerprint) where withdrawn_at is null;
-- The same line of a file, or the same button, twice is one exception.
create unique index exception_once on audit.exception (target_id, fingerprint, approved_by, until, md5(reason))
  where withdrawn_at is null;

create table audit.baseline (
  id bigint generated always as identity primary key,
  target_id bigint not null references audit.target (id),
  -- Null is the whole target.
  account_id text,
  scan_id uuid not null references audit.scan (id),
  approved_by text not null,
  approved_at timestamptz not null,
  reason text
);
create index baseline_latest on audit.baseline (target_id, account_id, id desc);
comment on table audit.baseline is 'Which scan people agreed to: drift may be asked for since then. The snapshot of such a scan is kept.';

create table audit.difference (
  scan_id uuid not null references audit.scan (id) on delete cascade,
  ordinal integer not null,
  kind text not null,
  account_id text,
  region text,
  content json not null,
  cause json not null,
  primary key (scan_id, ordinal)
);
comment on table audit.difference is 'Facts of the configuration that are others than in the scan before, with the calls that made them.';

create table audit.drift (
  scan_id uuid not null references audit.scan (id) on delete cascade,
  ordinal integer not null,
  -- The scan before.
  since_scan_id uuid not null references audit.scan (id),
  kind text not null check (kind in ('granted', 'revoked', 'widened', 'narrowed', 'altered')),
  -- False where something that was not read keeps it open.
  is_certain boolean not null,
  lifecycle text,
  principals json not null,
  repositories json not null,
  registries json not null,
  capabilities text[] not null,
  actions text[] not null,
  before json not null,
  after json not null,
  differences integer[] not null,
  together boolean not null,
  unread text[] not null,
  primary key (scan_id, ordinal)
);
comment on table audit.drift is 'How access became other since the scan before. The differences that made it are rows of audit.difference.';
