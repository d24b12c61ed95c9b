table access_block
  principal_id bigint not null
  valid_from_scan bigint not null -- scan.evaluation in which the row became true
  valid_to_scan bigint not null default '9223372036854775807'::bigint -- scan.evaluation in which it ceased to be true; the largest bigint while it is, so that one range of an index finds what is valid
  set_id integer not null
  profile_id integer not null
  CREATE INDEX access_block_of_principal ON audit.access_block USING btree (principal_id, valid_to_scan)
  CREATE INDEX access_block_of_set ON audit.access_block USING btree (set_id, valid_to_scan)

table access_profile
  id integer not null generated always as identity
  hash bytea not null -- SHA-256 of the list as text, with commas between
  verdict_ids integer[] not null -- the answer to the action with this place as its id; null is denied
  decisions text[] not null -- those that occur, so that a search for one can leave the others out
  constraint access_profile_hash_check CHECK ((length(hash) = 32))
  constraint access_profile_hash_key UNIQUE (hash)
  constraint access_profile_pkey PRIMARY KEY (id)

table account
  target_id bigint not null
  account_id text not null
  name text not null
  path text not null -- names of the organizational units down to the account
  first_seen_scan bigint not null
  last_seen_scan bigint not null
  constraint account_first_seen_scan_fkey FOREIGN KEY (first_seen_scan) REFERENCES audit.scan(evaluation)
  constraint account_last_seen_scan_fkey FOREIGN KEY (last_seen_scan) REFERENCES audit.scan(evaluation)
  constraint account_pkey PRIMARY KEY (target_id, account_id)
  constraint account_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)

table action
  id smallint not null
  name text not null
  constraint action_id_check CHECK ((id > 0))
  constraint action_name_key UNIQUE (name)
  constraint action_pkey PRIMARY KEY (id)

table activity
  principal_id bigint not null
  resource_id bigint not null
  action text not null
  source text not null -- where the event was seen first; one that comes again from elsewhere is not counted again
  on_behalf_of text not null -- the AWS service that made the calls; empty where the principal made them itself
  first_at timestamp with time zone not null
  last_at timestamp with time zone not null
  events bigint not null
  constraint activity_pkey PRIMARY KEY (principal_id, resource_id, action, source, on_behalf_of)
  constraint activity_source_check CHECK ((source = ANY (ARRAY['lookupEvents'::text, 'logFile'::text])))
  CREATE INDEX activity_of_resource ON audit.activity USING btree (resource_id)

table activity_file
  name text not null
  hash bytea not null
  account_id text not null
  region text not null
  delivered_at timestamp with time zone not null
  has_reads boolean not null -- whether an event in it reads: a trail may leave those out
  constraint activity_file_hash_check CHECK ((length(hash) = 32))
  constraint activity_file_pkey PRIMARY KEY (name, hash)

table activity_hole
  account_id text not null
  region text not null
  source text not null
  event_name text not null
  reason text not null
  during tstzmultirange not null
  message text not null
  constraint activity_hole_pkey PRIMARY KEY (account_id, region, source, event_name, reason)
  constraint activity_hole_source_check CHECK ((source = ANY (ARRAY['lookupEvents'::text, 'logFile'::text])))

table activity_horizon
  forgotten_before timestamp with time zone not null
  only_row boolean not null default true
  constraint activity_horizon_only_row_check CHECK (only_row)
  constraint activity_horizon_pkey PRIMARY KEY (only_row)

table activity_observed
  account_id text not null
  region text not null
  source text not null
  event_name text not null
  during tstzmultirange not null
  constraint activity_observed_pkey PRIMARY KEY (account_id, region, source, event_name)
  constraint activity_observed_source_check CHECK ((source = ANY (ARRAY['lookupEvents'::text, 'logFile'::text])))

table activity_principal
  id bigint not null generated always as identity
  key text not null -- AWS unique id (AIDA..., AROA...), root:ACCOUNT, service:NAME; account:ACCOUNT, user:ACCOUNT/NAME or role:ACCOUNT/NAME where the event lacks the id
  kind text not null
  account_id text
  arn text
  name text
  described_at timestamp with time zone not null -- time of the event that kind, account, ARN and name are from
  constraint activity_principal_key_key UNIQUE (key)
  constraint activity_principal_pkey PRIMARY KEY (id)

table activity_reject -- events that could not be read, counted; account and region are empty where none is known
  account_id text not null
  region text not null
  source text not null
  reason text not null
  events bigint not null
  constraint activity_reject_pkey PRIMARY KEY (account_id, region, source, reason)
  constraint activity_reject_source_check CHECK ((source = ANY (ARRAY['lookupEvents'::text, 'logFile'::text])))

table activity_resource
  id bigint not null generated always as identity
  account_id text not null -- of the registry, which may be somebody else's
  region text not null
  repository text not null -- empty for the registry itself
  constraint activity_resource_account_id_region_repository_key UNIQUE (account_id, region, repository)
  constraint activity_resource_pkey PRIMARY KEY (id)

table activity_seen
  id uuid not null -- eventID, or sharedEventID where two accounts have a copy; of ids that are no UUID, their hash
  at timestamp with time zone not null
  constraint activity_seen_pkey PRIMARY KEY (id)
  CREATE INDEX activity_seen_at ON audit.activity_seen USING brin (at)

table activity_session
  access_key_id text not null
  event_id text not null
  at timestamp with time zone not null
  role_arn text
  session_name text
  identity_provider text
  subject text
  constraint activity_session_pkey PRIMARY KEY (access_key_id)
  CREATE INDEX activity_session_at ON audit.activity_session USING brin (at)

table change_event
  id uuid not null
  event_id text not null
  at timestamp with time zone not null
  account_id text not null -- in whose history the event stands
  region text not null
  event_source text not null
  event_name text not null
  source text not null
  actor_key text not null
  actor jsonb not null
  on_behalf_of text
  source_address text
  user_agent text
  subjects text[] not null -- what was changed: role:ACCOUNT/NAME, policy:ARN, repository:ARN and their like
  detail jsonb not null -- request and response, bounded and without secrets
  constraint change_event_pkey PRIMARY KEY (id)
  constraint change_event_source_check CHECK ((source = ANY (ARRAY['lookupEvents'::text, 'logFile'::text])))
  CREATE INDEX change_event_at ON audit.change_event USING btree (at)
  CREATE INDEX change_event_of_account ON audit.change_event USING btree (account_id, at)
  CREATE INDEX change_event_subjects ON audit.change_event USING gin (subjects)

table collection_gap
  id bigint not null generated always as identity
  scan_id uuid not null
  step text not null
  account_id text
  region text
  source text not null
  resource text
  reason text not null
  message text not null
  constraint collection_gap_pkey PRIMARY KEY (id)
  constraint collection_gap_reason_check CHECK ((reason = ANY (ARRAY['accessDenied'::text, 'throttled'::text, 'timeout'::text, 'missingFile'::text, 'notCollected'::text, 'failed'::text])))
  constraint collection_gap_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  constraint collection_gap_scan_id_step_account_id_region_source_resour_key UNIQUE NULLS NOT DISTINCT (scan_id, step, account_id, region, source, resource)

table coverage
  scan_id uuid not null
  account_id text not null
  region text
  source text not null
  status text not null
  detail text
  read_at timestamp with time zone -- when it was read, which is earlier than the scan where only other accounts were read; null where it was not
  constraint coverage_scan_id_account_id_region_source_key UNIQUE NULLS NOT DISTINCT (scan_id, account_id, region, source)
  constraint coverage_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  constraint coverage_source_check CHECK ((source = ANY (ARRAY['iam'::text, 'ecr'::text, 'cloudtrail'::text, 'organization'::text])))
  constraint coverage_status_check CHECK ((status = ANY (ARRAY['complete'::text, 'partial'::text, 'notReadable'::text])))

table last_accessed
  principal_id text not null
  action text not null -- empty for the service as a whole
  last_at timestamp with time zone -- null: not within the tracking period. Refused attempts count, too
  region text
  constraint last_accessed_pkey PRIMARY KEY (principal_id, action)
  constraint last_accessed_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES audit.last_accessed_report(principal_id) ON DELETE CASCADE

table last_accessed_report
  principal_id text not null -- AWS unique id
  account_id text not null
  arn text not null
  evidence text not null -- finest level that AWS gave: actions, the service as a whole, or ECR not among the services that it lists
  tracked_from timestamp with time zone not null
  tracked_until timestamp with time zone not null
  read_at timestamp with time zone not null
  constraint last_accessed_report_evidence_check CHECK ((evidence = ANY (ARRAY['action'::text, 'service'::text, 'notListed'::text])))
  constraint last_accessed_report_pkey PRIMARY KEY (principal_id)
  CREATE INDEX last_accessed_report_of_account ON audit.last_accessed_report USING btree (account_id, read_at)

table lease -- Who may work on what, in the whole fleet. Renewed by its holder; a holder that is gone lets it expire.
  key text not null
  holder uuid not null
  expires_at timestamp with time zone not null
  constraint lease_pkey PRIMARY KEY (key)

table limits
  hash bytea not null
  content jsonb not null
  constraint limits_hash_check CHECK ((length(hash) = 32))
  constraint limits_pkey PRIMARY KEY (hash)

table migration
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint migration_pkey PRIMARY KEY (name)

table outbox
  id bigint not null generated always as identity
  scan_id uuid not null
  kind text not null
  payload jsonb not null
  created_at timestamp with time zone not null default now()
  delivered_at timestamp with time zone -- when the last sink had it, skipped it or had given it up
  constraint outbox_pkey PRIMARY KEY (id)
  constraint outbox_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  CREATE INDEX outbox_delivered ON audit.outbox USING btree (delivered_at) WHERE (delivered_at IS NOT NULL)
  CREATE INDEX outbox_undelivered ON audit.outbox USING btree (id) WHERE (delivered_at IS NULL)

table outbox_delivery
  outbox_id bigint not null
  sink text not null
  state text not null default 'waiting'::text -- skipped: the sink does not tell such messages; dead: given up, until somebody sends it again
  attempts integer not null default 0
  next_attempt_at timestamp with time zone not null default now()
  first_failed_at timestamp with time zone
  settled_at timestamp with time zone
  last_failure text
  progress jsonb
  constraint outbox_delivery_check CHECK (((settled_at IS NULL) = (state = 'waiting'::text)))
  constraint outbox_delivery_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES audit.outbox(id) ON DELETE CASCADE
  constraint outbox_delivery_pkey PRIMARY KEY (outbox_id, sink)
  constraint outbox_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'skipped'::text, 'dead'::text])))
  CREATE INDEX outbox_delivery_dead ON audit.outbox_delivery USING btree (sink, outbox_id) WHERE (state = 'dead'::text)
  CREATE INDEX outbox_delivery_waiting ON audit.outbox_delivery USING btree (sink, outbox_id) WHERE (state = 'waiting'::text)

table principal
  id bigint not null generated always as identity
  target_id bigint not null
  unique_id text not null -- AWS unique id (AIDA..., AROA...), root:ACCOUNT, service:NAME or external:ARN
  arn text not null
  kind text not null
  account_id text
  name text not null
  first_seen_scan bigint not null
  last_seen_scan bigint not null
  gone_since_scan bigint -- null while it exists, or while nobody could read whether it does
  access_hash bytea -- SHA-256 of its access that is valid; null where it has none
  constraint principal_first_seen_scan_fkey FOREIGN KEY (first_seen_scan) REFERENCES audit.scan(evaluation)
  constraint principal_gone_since_scan_fkey FOREIGN KEY (gone_since_scan) REFERENCES audit.scan(evaluation)
  constraint principal_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'role'::text, 'session'::text, 'federatedUser'::text, 'root'::text, 'service'::text, 'external'::text])))
  constraint principal_last_seen_scan_fkey FOREIGN KEY (last_seen_scan) REFERENCES audit.scan(evaluation)
  constraint principal_pkey PRIMARY KEY (id)
  constraint principal_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  constraint principal_target_id_unique_id_key UNIQUE (target_id, unique_id)
  CREATE INDEX principal_arn ON audit.principal USING btree (target_id, arn)

table reasons
  hash bytea not null
  content jsonb not null
  constraint reasons_hash_check CHECK ((length(hash) = 32))
  constraint reasons_pkey PRIMARY KEY (hash)

table registry_access
  principal_id bigint not null
  valid_from_scan bigint not null
  valid_to_scan bigint not null default '9223372036854775807'::bigint
  profile_id integer not null
  account_id text not null -- of the registry
  region text not null
  CREATE INDEX registry_access_of_principal ON audit.registry_access USING btree (principal_id, valid_to_scan)

table repository
  id bigint not null generated always as identity
  target_id bigint not null
  arn text not null
  account_id text not null
  region text not null
  name text not null
  first_seen_scan bigint not null
  last_seen_scan bigint not null
  gone_since_scan bigint
  position integer not null -- which bit it is in the sets of its target
  constraint repository_first_seen_scan_fkey FOREIGN KEY (first_seen_scan) REFERENCES audit.scan(evaluation)
  constraint repository_gone_since_scan_fkey FOREIGN KEY (gone_since_scan) REFERENCES audit.scan(evaluation)
  constraint repository_last_seen_scan_fkey FOREIGN KEY (last_seen_scan) REFERENCES audit.scan(evaluation)
  constraint repository_pkey PRIMARY KEY (id)
  constraint repository_target_id_arn_key UNIQUE (target_id, arn)
  constraint repository_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  constraint repository_target_id_position_key UNIQUE (target_id, "position")

table repository_set_chunk
  target_id bigint not null
  valid_from_scan bigint not null
  valid_to_scan bigint not null default '9223372036854775807'::bigint
  set_id integer not null
  chunk integer not null -- position of its repositories divided by 256
  members bytea not null -- bit of a repository: position modulo 256; zero bytes at the end are left out
  CREATE INDEX repository_set_chunk_of_set ON audit.repository_set_chunk USING btree (set_id, chunk, valid_to_scan)
  CREATE INDEX repository_set_chunk_valid ON audit.repository_set_chunk USING btree (target_id, valid_to_scan, chunk)

table residual
  hash bytea not null -- SHA-256 of the JSON text with sorted keys; the same in reasons and limits
  content jsonb not null
  constraint residual_hash_check CHECK ((length(hash) = 32))
  constraint residual_pkey PRIMARY KEY (hash)

table scan
  id uuid not null
  sequence bigint not null generated always as identity
  target_id bigint not null
  source text not null
  status text not null default 'requested'::text
  requested_at timestamp with time zone not null default now()
  taken_at timestamp with time zone
  completed_at timestamp with time zone
  failure text
  input_hash bytea
  counts jsonb
  evaluation bigint
  is_wanted boolean not null default false -- asked for by a person, so that a worker starts it
  only_accounts jsonb -- accounts to read again, the others as they were read last; null reads all
  started_at timestamp with time zone -- when a worker began to read
  constraint scan_check CHECK (((status = 'completed'::text) = (evaluation IS NOT NULL)))
  constraint scan_check1 CHECK (((status <> 'completed'::text) OR ((taken_at IS NOT NULL) AND (completed_at IS NOT NULL) AND (counts IS NOT NULL))))
  constraint scan_check2 CHECK (((status = 'failed'::text) = (failure IS NOT NULL)))
  constraint scan_evaluation_key UNIQUE (evaluation)
  constraint scan_pkey PRIMARY KEY (id)
  constraint scan_sequence_key UNIQUE (sequence)
  constraint scan_source_check CHECK ((source = ANY (ARRAY['aws'::text, 'snapshot'::text])))
  constraint scan_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'collecting'::text, 'evaluating'::text, 'completed'::text, 'failed'::text])))
  constraint scan_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  CREATE INDEX scan_target_evaluation ON audit.scan USING btree (target_id, evaluation DESC) WHERE (evaluation IS NOT NULL)
  CREATE INDEX scan_target_input_hash ON audit.scan USING btree (target_id, input_hash) WHERE (input_hash IS NOT NULL)
  CREATE INDEX scan_under_way ON audit.scan USING btree (target_id) WHERE (status = ANY (ARRAY['requested'::text, 'collecting'::text, 'evaluating'::text]))

table scan_part
  scan_id uuid not null
  path text not null
  hash bytea not null
  constraint scan_part_hash_fkey FOREIGN KEY (hash) REFERENCES audit.snapshot_part(hash)
  constraint scan_part_pkey PRIMARY KEY (scan_id, path)
  constraint scan_part_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  CREATE INDEX scan_part_hash ON audit.scan_part USING btree (hash)

table scan_step
  scan_id uuid not null
  step text not null
  source text not null
  account_id text
  region text
  done_at timestamp with time zone -- when it was read, or given up with a gap; null while it is to be done
  carried_from uuid -- the scan before, which read it and from which it was taken over
  constraint scan_step_carried_from_fkey FOREIGN KEY (carried_from) REFERENCES audit.scan(id)
  constraint scan_step_pkey PRIMARY KEY (scan_id, step)
  constraint scan_step_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  constraint scan_step_source_check CHECK ((source = ANY (ARRAY['organization'::text, 'regions'::text, 'iam'::text, 'ecr'::text])))
  CREATE INDEX scan_step_open ON audit.scan_step USING btree (scan_id) WHERE (done_at IS NULL)

table schedule
  target_id bigint -- null for what is done once for all targets
  source text not null
  expression text not null -- an interval such as 6h, or a cron expression in UTC
  applied_at timestamp with time zone -- when the queues had it last; a schedule that they have no more was lost with them
  constraint schedule_source_check CHECK ((source = ANY (ARRAY['access'::text, 'activity'::text, 'lastAccessed'::text, 'maintenance'::text])))
  constraint schedule_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  constraint schedule_target_id_source_key UNIQUE NULLS NOT DISTINCT (target_id, source)

table snapshot_findings
  scan_id uuid not null
  version text not null -- of the rules; those of others are proved again
  findings json not null
  constraint snapshot_findings_pkey PRIMARY KEY (scan_id)
  constraint snapshot_findings_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id) ON DELETE CASCADE

table snapshot_part
  hash bytea not null -- SHA-256 of the text before compression
  content bytea not null
  size_bytes bigint not null -- of the text before compression
  constraint snapshot_part_hash_check CHECK ((length(hash) = 32))
  constraint snapshot_part_pkey PRIMARY KEY (hash)

table target
  id bigint not null generated always as identity
  key text not null -- organization:o-1, account:111122223333 or accounts:...
  name text not null
  constraint target_key_key UNIQUE (key)
  constraint target_pkey PRIMARY KEY (id)

table target_plan
  target_id bigint not null
  plan jsonb not null
  updated_at timestamp with time zone not null default now()
  constraint target_plan_pkey PRIMARY KEY (target_id)
  constraint target_plan_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)

table verdict
  id integer not null generated always as identity
  hash bytea not null -- SHA-256 of the four other columns as text, one a line, the hashes in hex
  decision text not null
  residual_hash bytea
  reasons_hash bytea not null -- reasons may say @principal and @repository for the ARNs of the cell, so that many cells share them
  limits_hash bytea not null
  constraint verdict_decision_check CHECK ((decision = ANY (ARRAY['allowed'::text, 'conditional'::text, 'unknown'::text])))
  constraint verdict_hash_check CHECK ((length(hash) = 32))
  constraint verdict_hash_key UNIQUE (hash)
  constraint verdict_pkey PRIMARY KEY (id)

view effective_access -- What each principal may do now: one row for each principal, repository and action. What has no row is denied.
  target text -- what was scanned, such as organization:o-1 or account:111122223333
  account_id text -- AWS account of the registry
  account_name text
  region text -- region of the registry
  principal_id text -- AWS unique id: it survives a rename, and a principal of the same name that is created again has another one
  principal_arn text
  principal_kind text -- user, role, session, federatedUser, root, service, or external for an account outside the scan
  principal_account_id text -- null for AWS services
  principal_name text
  repository text -- null for the actions of a registry that have no repository
  repository_arn text
  action text -- an ECR action such as ecr:PutImage, or a capability: pull, push
  decision text -- allowed, conditional (see condition), or unknown (something could not be read)
  condition jsonb -- the residual condition as JSON; null when allowed without one
  condition_text text
  since timestamp with time zone -- time of the first snapshot that showed this decision under this condition
 SELECT target.key AS target,
    held.account_id,
    account.name AS account_name,
    held.region,
    principal.unique_id AS principal_id,
    principal.arn AS principal_arn,
    principal.kind AS principal_kind,
    principal.account_id AS principal_account_id,
    principal.name AS principal_name,
    held.repository,
    held.repository_arn,
    action.name AS action,
    verdict.decision,
    residual.content AS condition,
    audit.condition_text(residual.content) AS condition_text,
    ( SELECT scan.taken_at
           FROM audit.scan
          WHERE scan.evaluation = (audit.decided_since(held.principal_id, held.repository_id, held.account_id, held.region, '9223372036854775806'::bigint, ARRAY[action.id]))[1]) AS since
   FROM ( SELECT block.principal_id,
            block.profile_id,
            repository.account_id,
            repository.region,
            repository.id AS repository_id,
            repository.name AS repository,
            repository.arn AS repository_arn
           FROM audit.access_block block
             JOIN audit.repository_set_chunk chunk ON chunk.set_id = block.set_id AND chunk.valid_to_scan = '9223372036854775807'::bigint
             JOIN audit.repository ON repository.target_id = chunk.target_id AND (repository."position" >> 8) = chunk.chunk AND audit.holds(chunk.members, repository."position" & 255)
          WHERE block.valid_to_scan = '9223372036854775807'::bigint
        UNION ALL
         SELECT registry_access.principal_id,
            registry_access.profile_id,
            registry_access.account_id,
            registry_access.region,
            NULL::bigint,
            NULL::text,
            NULL::text
           FROM audit.registry_access
          WHERE registry_access.valid_to_scan = '9223372036854775807'::bigint) held
     JOIN audit.principal ON principal.id = held.principal_id
     JOIN audit.target ON target.id = principal.target_id
     LEFT JOIN audit.account ON account.target_id = principal.target_id AND account.account_id = held.account_id
     JOIN audit.access_profile ON access_profile.id = held.profile_id
     CROSS JOIN LATERAL unnest(access_profile.verdict_ids) WITH ORDINALITY said(verdict_id, action_id)
     JOIN audit.verdict ON verdict.id = said.verdict_id
     JOIN audit.action ON action.id = said.action_id
     LEFT JOIN audit.residual ON residual.hash = verdict.residual_hash;

CREATE OR REPLACE FUNCTION audit.condition_text(residual jsonb)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
$function$


CREATE OR REPLACE FUNCTION audit.decided_since(of_principal bigint, of_repository bigint, of_account text, of_region text, at bigint, actions smallint[])
 RETURNS bigint[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  place integer;
  earliest bigint;
  found_ids integer[];
  found_from bigint;
  held_from bigint;
  latest integer[];
  later integer[];
  since bigint[] := array_fill(null::bigint, array[cardinality(actions)]);
  -- Whether the walk may still find the same answer, and whether the stretch before the current one had it.
  is_open boolean[] := array_fill(true, array[cardinality(actions)]);
  is_same boolean[] := array_fill(true, array[cardinality(actions)]);
  open_count integer := cardinality(actions);
  verdict integer;
  kind text;
begin
  if of_repository is not null then
    select repository.position, greatest(repository.first_seen_scan, principal.first_seen_scan),
      held.verdict_ids, held.valid_from
    into place, earliest, latest, held_from
    from audit.repository, audit.principal, audit.repository_stretch(principal.id, repository.position, at) held
    where repository.id = of_repository and principal.id = of_principal;
  else
    select principal.first_seen_scan, held.verdict_ids, held.valid_from into earliest, latest, held_from
    from audit.principal, audit.registry_stretch(principal.id, of_account, of_region, at) held
    where principal.id = of_principal;
  end if;
  for i in 1 .. cardinality(actions) loop
    if latest[actions[i]] is null then
      is_open[i] := false;
      open_count := open_count - 1;
    else
      since[i] := held_from;
    end if;
  end loop;
  later := latest;
  -- Nothing was before both were seen for the first time, so most walks end here.
  while open_count > 0 and held_from > earliest loop
    if of_repository is not null then
      select verdict_ids, valid_from into found_ids, found_from
      from audit.repository_stretch(of_principal, place, held_from - 1);
    else
      select verdict_ids, valid_from into found_ids, found_from
      from audit.registry_stretch(of_principal, of_account, of_region, held_from - 1);
    end if;
    exit when not found;
    for i in 1 .. cardinality(actions) loop
      continue when not is_open[i];
      verdict := found_ids[actions[i]];
      if verdict is null then
        kind := 'other';
      elsif verdict = later[actions[i]] then
        kind := case when is_same[i] then 'same' else 'unknown' end;
      else
        select case
            when past.decision = now.decision
              and (now.decision = 'unknown' or past.residual_hash is not distinct from now.residual_hash) then 'same'
            when past.decision = 'unknown' then 'unknown'
            else 'other'
          end
        into kind
        from audit.verdict past, audit.verdict now where past.id = verdict and now.id = latest[actions[i]];
      end if;
      if kind = 'same' then
        since[i] := found_from;
      elsif kind = 'other' then
        is_open[i] := false;
        open_count := open_count - 1;
      end if;
      is_same[i] := kind = 'same';
    end loop;
    later := found_ids;
    held_from := found_from;
  end loop;
  return since;
end
$function$


CREATE OR REPLACE FUNCTION audit.holds(members bytea, place integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (place < (length(members) * 8)) THEN (get_bit(members, (place)::bigint) = 1) ELSE false END


CREATE OR REPLACE FUNCTION audit.registry_stretch(of_principal bigint, of_account text, of_region text, at bigint)
 RETURNS TABLE(verdict_ids integer[], valid_from bigint)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select profile.verdict_ids, held.valid_from_scan
  from audit.registry_access held
  join audit.access_profile profile on profile.id = held.profile_id
  where held.principal_id = of_principal and held.account_id = of_account and held.region = of_region
    and held.valid_from_scan <= at and held.valid_to_scan > at
$function$


CREATE OR REPLACE FUNCTION audit.repository_stretch(of_principal bigint, place integer, at bigint)
 RETURNS TABLE(verdict_ids integer[], valid_from bigint)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
  select profile.verdict_ids, greatest(block.valid_from_scan, (
      -- When the repository came into the set last. The set may have changed in other members since.
      select later.valid_from_scan
      from audit.repository_set_chunk later
      where later.set_id = block.set_id and later.chunk = place >> 8
        and later.valid_from_scan > block.valid_from_scan and later.valid_from_scan <= at
        and later.valid_to_scan > block.valid_from_scan
        and audit.holds(later.members, place & 255)
        and not exists (
          select from audit.repository_set_chunk before
          where before.set_id = later.set_id and before.chunk = later.chunk
            and before.valid_to_scan = later.valid_from_scan and audit.holds(before.members, place & 255)
        )
      order by later.valid_to_scan desc limit 1
    ))
  from audit.access_block block
  join audit.repository_set_chunk held
    on held.set_id = block.set_id and held.chunk = place >> 8 and audit.holds(held.members, place & 255)
  join audit.access_profile profile on profile.id = block.profile_id
  where block.principal_id = of_principal
    and block.valid_from_scan <= at and block.valid_to_scan > at
    and held.valid_from_scan <= at and held.valid_to_scan > at
$function$

