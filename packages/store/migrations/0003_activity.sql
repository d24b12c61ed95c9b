-- Activity: who used what, which events changed access, and which stretches of time were really seen.

-- Who acts, as events name them. Not audit.principal: events tell of principals that no scan has listed, and belong to
-- accounts, not to targets. Both have AWS's unique id, by which they meet.
create table audit.activity_principal (
  id bigint generated always as identity primary key,
  key text collate "C" not null unique,
  kind text not null,
  account_id text,
  arn text,
  name text,
  described_at timestamptz not null
) with (fillfactor = 70);
comment on column audit.activity_principal.key is
  'AWS unique id (AIDA..., AROA...), root:ACCOUNT, service:NAME; account:ACCOUNT, user:ACCOUNT/NAME or role:ACCOUNT/NAME where the event lacks the id';
comment on column audit.activity_principal.described_at is 'time of the event that kind, account, ARN and name are from';

create table audit.activity_resource (
  id bigint generated always as identity primary key,
  account_id text collate "C" not null,
  region text collate "C" not null,
  repository text collate "C" not null,
  unique (account_id, region, repository)
);
comment on column audit.activity_resource.account_id is 'of the registry, which may be somebody else''s';
comment on column audit.activity_resource.repository is 'empty for the registry itself';

create table audit.activity (
  principal_id bigint not null,
  resource_id bigint not null,
  action text collate "C" not null,
  source text not null check (source in ('lookupEvents', 'logFile')),
  on_behalf_of text collate "C" not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  events bigint not null,
  primary key (principal_id, resource_id, action, source, on_behalf_of)
) with (fillfactor = 80);
comment on column audit.activity.source is 'where the event was seen first; one that comes again from elsewhere is not counted again';
comment on column audit.activity.on_behalf_of is 'the AWS service that made the calls; empty where the principal made them itself';
create index activity_of_resource on audit.activity (resource_id);

-- Events that were counted, so that reading a stretch of time again changes nothing. 40 bytes an event: the id alone, and
-- the time by which it is forgotten.
create table audit.activity_seen (
  id uuid primary key,
  at timestamptz not null
);
create index activity_seen_at on audit.activity_seen using brin (at);
comment on column audit.activity_seen.id is 'eventID, or sharedEventID where two accounts have a copy; of ids that are no UUID, their hash';

-- Older events were forgotten with their ids, so they could not be told from new ones: they are not counted any more.
create table audit.activity_horizon (
  forgotten_before timestamptz not null,
  only_row boolean primary key default true check (only_row)
);

create table audit.change_event (
  id uuid primary key,
  event_id text not null,
  at timestamptz not null,
  account_id text not null,
  region text not null,
  event_source text not null,
  event_name text not null,
  source text not null check (source in ('lookupEvents', 'logFile')),
  actor_key text collate "C" not null,
  actor jsonb not null,
  on_behalf_of text,
  source_address text,
  user_agent text,
  subjects text[] not null,
  detail jsonb not null
);
comment on column audit.change_event.account_id is 'in whose history the event stands';
comment on column audit.change_event.subjects is 'what was changed: role:ACCOUNT/NAME, policy:ARN, repository:ARN and their like';
comment on column audit.change_event.detail is 'request and response, bounded and without secrets';
create index change_event_at on audit.change_event (at);
create index change_event_of_account on audit.change_event (account_id, at);
create index change_event_subjects on audit.change_event using gin (subjects);

-- Which web identity or SAML subject is behind the access key of a session.
create table audit.activity_session (
  access_key_id text collate "C" primary key,
  event_id text not null,
  at timestamptz not null,
  role_arn text,
  session_name text,
  identity_provider text,
  subject text
);
create index activity_session_at on audit.activity_session using brin (at);

-- What was seen whole, by event name: `*` is every name, `*write` every one that writes. A name that is to be seen has a row
-- from the beginning, an empty one.
create table audit.activity_observed (
  account_id text collate "C" not null,
  region text collate "C" not null,
  source text not null check (source in ('lookupEvents', 'logFile')),
  event_name text collate "C" not null,
  during tstzmultirange not null,
  primary key (account_id, region, source, event_name)
) with (fillfactor = 70);

-- What was meant to be seen and was not, with the reason that it had last.
create table audit.activity_hole (
  account_id text collate "C" not null,
  region text collate "C" not null,
  source text not null check (source in ('lookupEvents', 'logFile')),
  event_name text collate "C" not null,
  reason text not null,
  during tstzmultirange not null,
  message text not null,
  primary key (account_id, region, source, event_name, reason)
);

create table audit.activity_reject (
  account_id text collate "C" not null,
  region text collate "C" not null,
  source text not null check (source in ('lookupEvents', 'logFile')),
  reason text not null,
  events bigint not null,
  primary key (account_id, region, source, reason)
);
comment on table audit.activity_reject is 'events that could not be read, counted; account and region are empty where none is known';

create table audit.activity_file (
  name text collate "C" not null,
  hash bytea not null check (length(hash) = 32),
  account_id text not null,
  region text not null,
  delivered_at timestamptz not null,
  has_reads boolean not null,
  primary key (name, hash)
);
comment on column audit.activity_file.has_reads is 'whether an event in it reads: a trail may leave those out';

create table audit.last_accessed_report (
  principal_id text collate "C" primary key,
  account_id text not null,
  arn text not null,
  evidence text not null check (evidence in ('action', 'service', 'notListed')),
  tracked_from timestamptz not null,
  tracked_until timestamptz not null,
  read_at timestamptz not null
);
comment on column audit.last_accessed_report.principal_id is 'AWS unique id';
comment on column audit.last_accessed_report.evidence is
  'finest level that AWS gave: actions, the service as a whole, or ECR not among the services that it lists';
create index last_accessed_report_of_account on audit.last_accessed_report (account_id, read_at);

create table audit.last_accessed (
  principal_id text collate "C" not null references audit.last_accessed_report (principal_id) on delete cascade,
  action text collate "C" not null,
  last_at timestamptz,
  region text,
  primary key (principal_id, action)
);
comment on column audit.last_accessed.action is 'empty for the service as a whole';
comment on column audit.last_accessed.last_at is 'null: not within the tracking period. Refused attempts count, too';
