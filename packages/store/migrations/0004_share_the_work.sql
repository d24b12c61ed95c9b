-- A fleet shares the work: what is to be scanned when, what a scan has to read, and who reads it are rows, so that the queues may be lost.

-- What the scans of a target read: regions, accounts, selection. From the configuration of whoever set the target up last.
create table audit.target_plan (
  target_id bigint primary key references audit.target (id),
  plan jsonb not null,
  updated_at timestamptz not null default now()
);

create table audit.schedule (
  target_id bigint references audit.target (id),
  source text not null check (source in ('access', 'activity', 'lastAccessed', 'maintenance')),
  expression text not null,
  applied_at timestamptz,
  unique nulls not distinct (target_id, source)
);
comment on column audit.schedule.target_id is 'null for what is done once for all targets';
comment on column audit.schedule.expression is 'an interval such as 6h, or a cron expression in UTC';
comment on column audit.schedule.applied_at is 'when the queues had it last; a schedule that they have no more was lost with them';

alter table audit.scan
  add column is_wanted boolean not null default false,
  add column only_accounts jsonb,
  add column started_at timestamptz;
comment on column audit.scan.is_wanted is 'asked for by a person, so that a worker starts it';
comment on column audit.scan.only_accounts is 'accounts to read again, the others as they were read last; null reads all';
comment on column audit.scan.started_at is 'when a worker began to read';
-- Few scans are under way at any time, and workers ask for them every few seconds.
create index scan_under_way on audit.scan (target_id) where status in ('requested', 'collecting', 'evaluating');

create table audit.scan_step (
  scan_id uuid not null references audit.scan (id),
  -- The words of audit.collection_gap.step: organization, regions:ACCOUNT, iam:ACCOUNT, ecr:ACCOUNT:REGION.
  step text collate "C" not null,
  source text not null check (source in ('organization', 'regions', 'iam', 'ecr')),
  account_id text,
  region text,
  done_at timestamptz,
  carried_from uuid references audit.scan (id),
  primary key (scan_id, step)
);
comment on column audit.scan_step.done_at is 'when it was read, or given up with a gap; null while it is to be done';
comment on column audit.scan_step.carried_from is 'the scan before, which read it and from which it was taken over';
create index scan_step_open on audit.scan_step (scan_id) where done_at is null;

-- Rows and not advisory locks: a lock would be gone for everybody at once when the server restarts, while the reading goes on.
create table audit.lease (
  key text collate "C" primary key,
  holder uuid not null,
  expires_at timestamptz not null
);
comment on table audit.lease is 'Who may work on what, in the whole fleet. Renewed by its holder; a holder that is gone lets it expire.';

alter table audit.coverage add column read_at timestamptz;
comment on column audit.coverage.read_at is 'when it was read, which is earlier than the scan where only other accounts were read; null where it was not';

create index outbox_delivered on audit.outbox (delivered_at) where delivered_at is not null;
