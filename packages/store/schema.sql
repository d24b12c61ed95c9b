table access
  target_id bigint not null
  principal_id bigint not null
  account_id text not null -- of the registry
  region text not null
  repository_id bigint
  action text not null
  decision text not null
  residual_hash bytea
  reasons_hash bytea not null
  limits_hash bytea not null
  valid_from_scan bigint not null -- scan.evaluation in which the row became true
  valid_to_scan bigint -- scan.evaluation in which it ceased to be true; null while it is
  decision_since_scan bigint not null
  constraint access_decision_check CHECK ((decision = ANY (ARRAY['allowed'::text, 'conditional'::text, 'unknown'::text])))
  CREATE INDEX access_closed ON audit.access USING btree (target_id, valid_to_scan) WHERE (valid_to_scan IS NOT NULL)
  CREATE INDEX access_opened ON audit.access USING btree (target_id, valid_from_scan)
  CREATE INDEX access_past ON audit.access USING btree (principal_id, action, COALESCE(repository_id, (0)::bigint)) WHERE (valid_to_scan IS NOT NULL)
  CREATE UNIQUE INDEX access_valid ON audit.access USING btree (target_id, principal_id, account_id, region, repository_id, action) NULLS NOT DISTINCT WHERE (valid_to_scan IS NULL)
  CREATE INDEX access_valid_by_registry ON audit.access USING btree (target_id, account_id, region, action) WHERE ((valid_to_scan IS NULL) AND (repository_id IS NULL))
  CREATE INDEX access_valid_by_repository ON audit.access USING btree (repository_id, action) WHERE ((valid_to_scan IS NULL) AND (repository_id IS NOT NULL))

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
  constraint coverage_scan_id_account_id_region_source_key UNIQUE NULLS NOT DISTINCT (scan_id, account_id, region, source)
  constraint coverage_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  constraint coverage_source_check CHECK ((source = ANY (ARRAY['iam'::text, 'ecr'::text, 'cloudtrail'::text, 'organization'::text])))
  constraint coverage_status_check CHECK ((status = ANY (ARRAY['complete'::text, 'partial'::text, 'notReadable'::text])))

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
  delivered_at timestamp with time zone
  attempts integer not null default 0
  next_attempt_at timestamp with time zone not null default now()
  last_failure text
  constraint outbox_pkey PRIMARY KEY (id)
  constraint outbox_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  CREATE INDEX outbox_undelivered ON audit.outbox USING btree (id) WHERE (delivered_at IS NULL)

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
  constraint repository_first_seen_scan_fkey FOREIGN KEY (first_seen_scan) REFERENCES audit.scan(evaluation)
  constraint repository_gone_since_scan_fkey FOREIGN KEY (gone_since_scan) REFERENCES audit.scan(evaluation)
  constraint repository_last_seen_scan_fkey FOREIGN KEY (last_seen_scan) REFERENCES audit.scan(evaluation)
  constraint repository_pkey PRIMARY KEY (id)
  constraint repository_target_id_arn_key UNIQUE (target_id, arn)
  constraint repository_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)

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

table scan_part
  scan_id uuid not null
  path text not null
  hash bytea not null
  constraint scan_part_hash_fkey FOREIGN KEY (hash) REFERENCES audit.snapshot_part(hash)
  constraint scan_part_pkey PRIMARY KEY (scan_id, path)
  constraint scan_part_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  CREATE INDEX scan_part_hash ON audit.scan_part USING btree (hash)

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
    access.account_id,
    account.name AS account_name,
    access.region,
    principal.unique_id AS principal_id,
    principal.arn AS principal_arn,
    principal.kind AS principal_kind,
    principal.account_id AS principal_account_id,
    principal.name AS principal_name,
    repository.name AS repository,
    repository.arn AS repository_arn,
    access.action,
    access.decision,
    residual.content AS condition,
    audit.condition_text(residual.content) AS condition_text,
    since.taken_at AS since
   FROM audit.access
     JOIN audit.target ON target.id = access.target_id
     JOIN audit.principal ON principal.id = access.principal_id
     LEFT JOIN audit.repository ON repository.id = access.repository_id
     LEFT JOIN audit.account ON account.target_id = access.target_id AND account.account_id = access.account_id
     LEFT JOIN audit.residual ON residual.hash = access.residual_hash
     JOIN audit.scan since ON since.evaluation = access.decision_since_scan
  WHERE access.valid_to_scan IS NULL;

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

