table access_block
  principal_id bigint not null
  valid_from_scan bigint not null -- scan.evaluation in which the row became true
  valid_to_scan bigint not null default '9223372036854775807'::bigint -- scan.evaluation in which it ceased to be true; the largest bigint while it is, so that one range of an index finds what is valid
  set_id integer not null
  profile_id integer not null
  CREATE INDEX access_block_of_principal ON audit.access_block USING btree (principal_id, valid_to_scan)
  CREATE INDEX access_block_of_set ON audit.access_block USING btree (set_id, valid_to_scan)

table access_change -- Only ever added to.
  principal_id bigint not null
  changed_in_scan bigint not null -- the first scan.evaluation that decided otherwise, or under another condition
  chunk integer not null -- as in audit.repository_set_chunk, and -1 for a registry
  unread smallint not null -- 1: unknown before, 2: unknown since then, 0: neither
  actions bytea not null -- bit of an action: its id
  members bytea -- as in audit.repository_set_chunk; null for a registry
  account_id text -- of the registry; null for repositories
  region text
  constraint access_change_check CHECK (((members IS NULL) = (chunk = '-1'::integer)))
  constraint access_change_unread_check CHECK ((unread = ANY (ARRAY[0, 1, 2])))
  CREATE INDEX access_change_of_principal ON audit.access_change USING btree (principal_id, chunk)

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

table api_token -- Secrets are not kept: only who was given one sees it, once.
  id uuid not null default gen_random_uuid()
  name text not null
  secret_hash bytea not null -- SHA-256 of the token: of 256 random bits, of which no list of likely ones can be made, so that no slow hash is needed
  scope text not null
  account_ids jsonb -- the accounts whose data it may see; null is all
  created_at timestamp with time zone not null default now()
  created_by text not null
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  revoked_by text
  last_used_at timestamp with time zone -- written about once a minute
  constraint api_token_account_ids_check CHECK (((jsonb_typeof(account_ids) = 'array'::text) AND (account_ids <> '[]'::jsonb)))
  constraint api_token_pkey PRIMARY KEY (id)
  constraint api_token_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'operate'::text, 'admin'::text])))
  constraint api_token_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
  constraint api_token_secret_hash_key UNIQUE (secret_hash)
  CREATE UNIQUE INDEX api_token_name ON audit.api_token USING btree (name) WHERE (revoked_at IS NULL)

table audit_log -- Who changed what, and who read which report. Bodies are not kept.
  id bigint not null generated always as identity
  at timestamp with time zone not null
  actor_kind text not null -- token: one of audit.api_token; oidc: of an issuer; local: the API without a login; cli: the command line
  actor_id text not null -- the id of the token, or issuer and subject
  actor_name text not null
  operation text not null -- operationId of the API, or what the command line did
  is_change boolean not null
  method text
  path text
  parameters json not null -- of path and query, and whatever of a change identifies what was changed
  status smallint
  request_id text
  times integer not null -- equal reads within a moment are one row
  constraint audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['token'::text, 'oidc'::text, 'local'::text, 'cli'::text])))
  constraint audit_log_pkey PRIMARY KEY (id)
  constraint audit_log_times_check CHECK ((times > 0))
  CREATE INDEX audit_log_actor ON audit.audit_log USING btree (actor_id, id)
  CREATE INDEX audit_log_at ON audit.audit_log USING btree (at)

table baseline -- Which scan people agreed to: drift may be asked for since then. The snapshot of such a scan is kept.
  id bigint not null generated always as identity
  target_id bigint not null
  account_id text
  scan_id uuid not null
  approved_by text not null
  approved_at timestamp with time zone not null
  reason text
  constraint baseline_pkey PRIMARY KEY (id)
  constraint baseline_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  constraint baseline_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  CREATE INDEX baseline_latest ON audit.baseline USING btree (target_id, account_id, id DESC)

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

table difference -- Facts of the configuration that are others than in the scan before, with the calls that made them.
  scan_id uuid not null
  ordinal integer not null
  kind text not null
  account_id text
  region text
  content json not null
  cause json not null
  constraint difference_pkey PRIMARY KEY (scan_id, ordinal)
  constraint difference_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id) ON DELETE CASCADE

table drift -- How access became other since the scan before. The differences that made it are rows of audit.difference.
  scan_id uuid not null
  ordinal integer not null
  since_scan_id uuid not null
  kind text not null
  is_certain boolean not null
  lifecycle text
  principals json not null
  repositories json not null
  registries json not null
  capabilities text[] not null
  actions text[] not null
  before json not null
  after json not null
  differences integer[] not null
  together boolean not null
  unread text[] not null
  constraint drift_kind_check CHECK ((kind = ANY (ARRAY['granted'::text, 'revoked'::text, 'widened'::text, 'narrowed'::text, 'altered'::text])))
  constraint drift_pkey PRIMARY KEY (scan_id, ordinal)
  constraint drift_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id) ON DELETE CASCADE
  constraint drift_since_scan_id_fkey FOREIGN KEY (since_scan_id) REFERENCES audit.scan(id)

table exception
  id uuid not null default gen_random_uuid()
  target_id bigint not null
  fingerprint text not null
  approved_by text not null
  reason text not null
  approved_at timestamp with time zone not null
  until timestamp with time zone not null
  source text not null
  severity text not null
  scope json not null
  withdrawn_at timestamp with time zone
  withdrawn_by text
  constraint exception_check CHECK ((until > approved_at))
  constraint exception_check1 CHECK (((withdrawn_by IS NULL) = (withdrawn_at IS NULL)))
  constraint exception_pkey PRIMARY KEY (id)
  constraint exception_source_check CHECK ((source = ANY (ARRAY['api'::text, 'cli'::text, 'slack'::text, 'file'::text])))
  constraint exception_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  CREATE INDEX exception_of_finding ON audit.exception USING btree (target_id, fingerprint) WHERE (withdrawn_at IS NULL)
  CREATE UNIQUE INDEX exception_once ON audit.exception USING btree (target_id, fingerprint, approved_by, until, md5(reason)) WHERE (withdrawn_at IS NULL)

table finding
  id bigint not null generated always as identity
  target_id bigint not null
  fingerprint text not null
  rule_id text not null
  status text not null
  severity text not null
  severity_rank smallint not null default 
CASE severity
    WHEN 'critical'::text THEN 0
    WHEN 'high'::text THEN 1
    WHEN 'medium'::text THEN 2
    WHEN 'low'::text THEN 3
    ELSE 4
END
  account_id text
  region text
  resource text not null
  principal_id text
  principal_arn text
  title text not null
  content json not null -- the finding as the last scan that showed it found it
  opened_at timestamp with time zone not null
  changed_at timestamp with time zone not null -- when its severity or scope became what they are
  resolved_at timestamp with time zone
  reopened_at timestamp with time zone
  acknowledged_by text
  acknowledged_at timestamp with time zone
  exception_id uuid
  unseen text -- why a scan that did not show it did not resolve it: what could not be read
  told_severity text
  told_at timestamp with time zone
  constraint finding_check CHECK (((resolved_at IS NULL) = (status <> 'resolved'::text)))
  constraint finding_check1 CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL)))
  constraint finding_check2 CHECK (((exception_id IS NULL) = (status <> 'archived'::text)))
  constraint finding_pkey PRIMARY KEY (id)
  constraint finding_severity_check CHECK ((severity = ANY (ARRAY['critical'::text, 'high'::text, 'medium'::text, 'low'::text, 'info'::text])))
  constraint finding_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text, 'resolved'::text])))
  constraint finding_target_id_fingerprint_key UNIQUE (target_id, fingerprint)
  constraint finding_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  CREATE INDEX finding_listed ON audit.finding USING btree (target_id, status, severity_rank, id)
  CREATE INDEX finding_of_account ON audit.finding USING btree (target_id, account_id, status)

table finding_change
  id bigint not null generated always as identity
  finding_id bigint not null
  scan_id uuid
  at timestamp with time zone not null
  kind text not null
  by text
  why text
  severity text not null
  cause json
  constraint finding_change_finding_id_fkey FOREIGN KEY (finding_id) REFERENCES audit.finding(id) ON DELETE CASCADE
  constraint finding_change_kind_check CHECK ((kind = ANY (ARRAY['opened'::text, 'changed'::text, 'resolved'::text, 'reopened'::text, 'archived'::text, 'acknowledged'::text])))
  constraint finding_change_pkey PRIMARY KEY (id)
  constraint finding_change_scan_id_fkey FOREIGN KEY (scan_id) REFERENCES audit.scan(id)
  CREATE INDEX finding_change_of_finding ON audit.finding_change USING btree (finding_id, id)
  CREATE INDEX finding_change_of_scan ON audit.finding_change USING btree (scan_id) WHERE (scan_id IS NOT NULL)

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

table notable_event
  id uuid not null -- eventID, or sharedEventID where two accounts have a copy; of ids that are no UUID, their hash
  at timestamp with time zone not null
  content json not null -- the event without its request, and the repositories that it was about
  constraint notable_event_pkey PRIMARY KEY (id)
  CREATE INDEX notable_event_at ON audit.notable_event USING btree (at)

table outbox
  id bigint not null generated always as identity
  scan_id uuid not null
  kind text not null
  payload jsonb not null
  created_at timestamp with time zone not null default now()
  delivered_at timestamp with time zone -- when the last sink had it, skipped it or had given it up
  not_before timestamp with time zone -- before this it is told to nobody; null is at once
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

table outbox_finding -- Which findings a message tells of: what tells of the same one keeps its order, and is edited when it changes.
  outbox_id bigint not null
  target_id bigint not null
  fingerprint text not null
  constraint outbox_finding_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES audit.outbox(id) ON DELETE CASCADE
  constraint outbox_finding_pkey PRIMARY KEY (target_id, fingerprint, outbox_id)
  constraint outbox_finding_target_id_fkey FOREIGN KEY (target_id) REFERENCES audit.target(id)
  CREATE INDEX outbox_finding_of_row ON audit.outbox_finding USING btree (outbox_id)

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
  judged_by text -- version of the rules of access and of findings; null where nothing was judged
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

view access_drift -- How access became other between one scan and the next: one row for all principals and repositories of which the same changed for the same reason.
  target text -- what was scanned
  scan_id uuid -- the scan that showed it
  taken_at timestamp with time zone -- the time that its snapshot describes
  since timestamp with time zone -- the time that the snapshot before describes: it changed in between
  kind text -- granted, revoked, widened, narrowed, or altered (another condition, neither wider nor narrower)
  is_certain boolean -- false where something that was not read keeps it open: see unread
  capabilities text[] -- pull, push, delete, administer, replicate
  actions text[] -- ECR actions beyond those
  principal_arns text[] -- whose access it is
  principal_ids text[] -- the same by the key of audit.principals, in the same order
  repository_arns text[] -- empty for actions of a registry
  decision_before text -- denied, allowed, conditional or unknown
  decision_after text -- denied, allowed, conditional or unknown
  condition_before text -- in words; null where there was none
  condition_after text -- in words; null where there is none
  lifecycle text -- why the principal or repository is new, gone or another; null where it was there before
  made_by text[] -- the calls that made it; empty where none is known
  unread text[] -- what could not be read and keeps it open
 SELECT target.key AS target,
    drift.scan_id,
    scan.taken_at,
    since.taken_at AS since,
    drift.kind,
    drift.is_certain,
    drift.capabilities,
    drift.actions,
    ARRAY( SELECT refs.ref ->> 'arn'::text
           FROM jsonb_array_elements(audit.readable(drift.principals)) WITH ORDINALITY refs(ref, place)
          ORDER BY refs.place) AS principal_arns,
    ARRAY( SELECT refs.ref ->> 'id'::text
           FROM jsonb_array_elements(audit.readable(drift.principals)) WITH ORDINALITY refs(ref, place)
          ORDER BY refs.place) AS principal_ids,
    audit.texts(audit.readable(drift.repositories)) AS repository_arns,
    audit.readable(drift.before) ->> 'decision'::text AS decision_before,
    audit.readable(drift.after) ->> 'decision'::text AS decision_after,
    audit.condition_text(NULLIF(audit.readable(drift.before) -> 'residual'::text, 'null'::jsonb)) AS condition_before,
    audit.condition_text(NULLIF(audit.readable(drift.after) -> 'residual'::text, 'null'::jsonb)) AS condition_after,
    drift.lifecycle,
    ARRAY( SELECT DISTINCT format('%s by %s at %s'::text, events.event ->> 'eventName'::text, COALESCE(events.event #>> '{actor,arn}'::text[], events.event #>> '{actor,name}'::text[], events.event #>> '{actor,kind}'::text[]), events.event ->> 'time'::text) AS format
           FROM audit.difference
             CROSS JOIN LATERAL jsonb_array_elements(
                CASE
                    WHEN (audit.readable(difference.cause) ->> 'kind'::text) = 'events'::text THEN audit.readable(difference.cause) -> 'events'::text
                    ELSE '[]'::jsonb
                END) events(event)
          WHERE difference.scan_id = drift.scan_id AND (difference.ordinal = ANY (drift.differences))
          ORDER BY (format('%s by %s at %s'::text, events.event ->> 'eventName'::text, COALESCE(events.event #>> '{actor,arn}'::text[], events.event #>> '{actor,name}'::text[], events.event #>> '{actor,kind}'::text[]), events.event ->> 'time'::text))) AS made_by,
    drift.unread
   FROM audit.drift
     JOIN audit.scan ON scan.id = drift.scan_id
     JOIN audit.scan since ON since.id = drift.since_scan_id
     JOIN audit.target ON target.id = scan.target_id;

view activity_by_principal -- Who used what: one row for each principal, repository and action that CloudTrail showed. No row is no use only where audit.activity_coverage has the time.
  principal_id text -- the key of audit.principals where the event gives it; else account:ACCOUNT, user:ACCOUNT/NAME or role:ACCOUNT/NAME
  principal_kind text -- user, role, root, service and so on, as events name it
  principal_account_id text -- null for AWS services
  principal_arn text -- null where no event gave it
  principal_name text -- null where no event gave it
  account_id text -- AWS account of the registry, which may be somebody else's
  region text -- region of the registry
  repository text -- null where it was the registry itself
  action text -- such as ecr:PutImage
  capability text -- what the action shows to have been used: pull, push, delete, administer, replicate; null where it shows none by itself
  on_behalf_of text -- the AWS service that called for it; null where the principal called itself
  first_used_at timestamp with time zone -- time of the first event that was seen
  last_used_at timestamp with time zone -- time of the last event that was seen
  events bigint -- how many were seen
 SELECT principal.key AS principal_id,
    principal.kind AS principal_kind,
    principal.account_id AS principal_account_id,
    principal.arn AS principal_arn,
    principal.name AS principal_name,
    resource.account_id,
    resource.region,
    NULLIF(resource.repository, ''::text) AS repository,
    used.action,
        CASE
            WHEN used.action = ANY (ARRAY['ecr:BatchGetImage'::text, 'ecr:GetDownloadUrlForLayer'::text]) THEN 'pull'::text
            WHEN used.action = 'ecr:PutImage'::text THEN 'push'::text
            WHEN used.action = ANY (ARRAY['ecr:BatchDeleteImage'::text, 'ecr:DeleteRepository'::text]) THEN 'delete'::text
            WHEN used.action = ANY (ARRAY['ecr:SetRepositoryPolicy'::text, 'ecr:DeleteRepositoryPolicy'::text]) THEN 'administer'::text
            WHEN used.action = 'ecr:ReplicateImage'::text THEN 'replicate'::text
            ELSE NULL::text
        END AS capability,
    NULLIF(used.on_behalf_of, ''::text) AS on_behalf_of,
    used.first_used_at,
    used.last_used_at,
    used.events
   FROM ( SELECT activity.principal_id,
            activity.resource_id,
            activity.action,
            activity.on_behalf_of,
            min(activity.first_at) AS first_used_at,
            max(activity.last_at) AS last_used_at,
            sum(activity.events)::bigint AS events
           FROM audit.activity
          GROUP BY activity.principal_id, activity.resource_id, activity.action, activity.on_behalf_of) used
     JOIN audit.activity_principal principal ON principal.id = used.principal_id
     JOIN audit.activity_resource resource ON resource.id = used.resource_id;

view activity_coverage -- Which events were wholly seen, and when: without a row that has the time, nobody looked, and no use is not known to be none.
  account_id text -- in whose history
  region text -- in which region
  event_name text -- such as PutImage; * is every event, *write every one that writes: these count for each name, too
  seen_from timestamp with time zone -- beginning of the last stretch without a hole; null where nothing was seen
  seen_until timestamp with time zone -- its end; null where nothing was seen
  stretches bigint -- how many stretches there are: more than one means that holes lie between
 SELECT observed.account_id,
    observed.region,
    observed.event_name,
    lower(last.stretch) AS seen_from,
    upper(last.stretch) AS seen_until,
    stretches.count AS stretches
   FROM ( SELECT activity_observed.account_id,
            activity_observed.region,
            activity_observed.event_name,
            range_agg(activity_observed.during) AS during
           FROM audit.activity_observed
          GROUP BY activity_observed.account_id, activity_observed.region, activity_observed.event_name) observed
     CROSS JOIN LATERAL ( SELECT count(*) AS count
           FROM unnest(observed.during) unnest(unnest)) stretches(count)
     LEFT JOIN LATERAL ( SELECT stretch.stretch
           FROM unnest(observed.during) stretch(stretch)
          ORDER BY stretch.stretch DESC
         LIMIT 1) last ON true;

view change_events -- Calls that changed who may do what, as CloudTrail recorded them, without their parameters.
  at timestamp with time zone -- when
  account_id text -- in whose history it stands
  region text -- in which region it was recorded
  event_name text -- such as AttachRolePolicy
  event_source text -- such as iam.amazonaws.com
  subjects text[] -- what was changed: role:ACCOUNT/NAME, policy:ARN, repository:ARN and their like
  actor_key text -- who made the call, by the key of audit.principals where the event gives it
  actor_arn text -- ARN of the user or role; null where the event does not give it
  session_name text -- which person or machine gave itself for a role; chosen by whoever assumed it
  web_identity_subject text -- such as repo:org/name:ref:refs/heads/main
  on_behalf_of text -- the AWS service that called; null where nobody stood between
  source_address text -- from where
  user_agent text -- with what; chosen by whoever called
  event_id text -- eventID in CloudTrail
 SELECT at,
    account_id,
    region,
    event_name,
    event_source,
    subjects,
    actor_key,
    actor ->> 'arn'::text AS actor_arn,
    actor ->> 'sessionName'::text AS session_name,
    actor ->> 'webIdentitySubject'::text AS web_identity_subject,
    on_behalf_of,
    source_address,
    user_agent,
    event_id
   FROM audit.change_event change;

view current_coverage -- How much of each account was read by the latest scan. Where status is not complete, what is missing from the other views says nothing.
  target text -- what was scanned
  account_id text -- AWS account
  account_name text -- null where the organization could not be read
  account_path text -- names of the organizational units down to the account
  region text -- null for what has no region: iam and organization
  source text -- iam, ecr, cloudtrail or organization
  status text -- complete, partial or notReadable
  detail text -- what was missing, in words; null where nothing was
  read_at timestamp with time zone -- when it was read: earlier than as_of where the scan read other accounts only; null where it never was
  as_of timestamp with time zone -- the time that the latest snapshot describes
 SELECT latest.target,
    coverage.account_id,
    account.name AS account_name,
    account.path AS account_path,
    coverage.region,
    coverage.source,
    coverage.status,
    NULLIF(coverage.detail, ''::text) AS detail,
    coverage.read_at,
    latest.taken_at AS as_of
   FROM audit.scans latest
     JOIN audit.scan ON scan.id = latest.scan_id
     JOIN audit.coverage ON coverage.scan_id = scan.id
     LEFT JOIN audit.account ON account.target_id = scan.target_id AND account.account_id = coverage.account_id
  WHERE latest.is_latest;

view current_gaps -- What the latest scan could not read, and why: conclusions about it are unknown, never "no access".
  target text -- what was scanned
  account_id text -- null where it concerns all accounts
  region text -- null where it concerns no single region
  source text -- what was read: the call, or the file of a snapshot
  resource text -- what it was about; null where it was about all of the source
  reason text -- accessDenied, throttled, timeout, missingFile, notCollected or failed
  message text -- what AWS answered, in words
  as_of timestamp with time zone -- the time that the latest snapshot describes
 SELECT latest.target,
    gap.account_id,
    gap.region,
    gap.source,
    gap.resource,
    gap.reason,
    gap.message,
    latest.taken_at AS as_of
   FROM audit.scans latest
     JOIN audit.collection_gap gap ON gap.scan_id = latest.scan_id
  WHERE latest.is_latest;

view effective_access -- What each principal may do now: one row for each principal, repository and action. What has no row is denied.
  target text -- what was scanned, such as organization:o-1 or account:111122223333
  account_id text -- AWS account of the registry
  account_name text -- null where the organization could not be read
  region text -- region of the registry
  principal_id text -- AWS unique id: it survives a rename, and a principal of the same name that is created again has another one
  principal_arn text -- as last seen
  principal_kind text -- user, role, session, federatedUser, root, service, or external for an account outside the scan
  principal_account_id text -- null for AWS services
  principal_name text -- as last seen
  repository text -- null for the actions of a registry that have no repository
  repository_arn text -- the key of audit.repositories; null for the actions of a registry that have no repository
  action text -- an ECR action such as ecr:PutImage, or a capability: pull, push
  decision text -- allowed, conditional (see condition), or unknown (something could not be read)
  condition jsonb -- the residual condition as JSON; null when allowed without one
  condition_text text -- the condition in words; null when allowed without one
  since timestamp with time zone -- time of the first snapshot that showed this decision under this condition; worked out for each row, 0.1 ms each, where it is selected
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

view exceptions -- Who approved which finding, why and until when; also those that are over.
  target text -- what was scanned
  fingerprint text -- as in audit.findings
  rule_id text -- null where there is no such finding
  title text -- of the finding as it is now; null where there is none
  severity text -- up to which it was approved
  approved_by text -- who
  reason text -- why
  approved_at timestamp with time zone -- when
  until timestamp with time zone -- when it ends by itself
  withdrawn_at timestamp with time zone -- when somebody ended it before; null if nobody did
  withdrawn_by text -- who did
  is_in_force boolean -- neither over nor withdrawn; a finding that outgrew it is active all the same
  finding_status text -- active, archived or resolved; null where there is no such finding
 SELECT target.key AS target,
    exception.fingerprint,
    finding.rule_id,
    finding.title,
    exception.severity,
    exception.approved_by,
    exception.reason,
    exception.approved_at,
    exception.until,
    exception.withdrawn_at,
    exception.withdrawn_by,
    exception.withdrawn_at IS NULL AND exception.until > now() AS is_in_force,
    finding.status AS finding_status
   FROM audit.exception
     JOIN audit.target ON target.id = exception.target_id
     LEFT JOIN audit.finding ON finding.target_id = exception.target_id AND finding.fingerprint = exception.fingerprint;

view finding_changes -- What became of each finding, one row a step, with the call that made it where one is known.
  target text -- what was scanned
  fingerprint text -- as in audit.findings
  rule_id text -- as in audit.findings
  title text -- of the finding as it is now
  at timestamp with time zone -- time of the snapshot that showed it, or when somebody did it
  kind text -- opened, changed, resolved, reopened, archived or acknowledged
  severity text -- which it had then
  by text -- who did it; null where a scan did
  why text -- in words; null where the kind says all
  cause_event text -- name of the call that made it so, such as SetRepositoryPolicy; null where none is known
  cause_actor text -- who made that call
  cause_at timestamp with time zone -- when that was
  cause_event_id text -- eventID in CloudTrail
  explanation text -- what remains as an explanation where no call is known
  scan_id uuid -- null where a person did it
 SELECT target.key AS target,
    finding.fingerprint,
    finding.rule_id,
    finding.title,
    change.at,
    change.kind,
    change.severity,
    change.by,
    change.why,
    said.cause #>> '{cause,eventName}'::text[] AS cause_event,
    said.cause #>> '{cause,actor}'::text[] AS cause_actor,
    (said.cause #>> '{cause,time}'::text[])::timestamp with time zone AS cause_at,
    said.cause #>> '{cause,eventId}'::text[] AS cause_event_id,
    said.cause ->> 'explanation'::text AS explanation,
    change.scan_id
   FROM audit.finding_change change
     JOIN audit.finding ON finding.id = change.finding_id
     JOIN audit.target ON target.id = finding.target_id
     LEFT JOIN LATERAL ( SELECT audit.readable(change.cause) AS cause) said ON true;

view findings -- What is risky, and what was: one row a finding, as the last scan that showed it found it.
  target text -- what was scanned
  fingerprint text -- the same as long as it is about the same: the key to join by
  rule_id text -- such as ECR-PUB-PUSH; `ecr-audit rules` lists them
  status text -- active, archived (somebody approved it) or resolved
  severity text -- critical, high, medium, low or info
  account_id text -- null where it is about the organization, or about several accounts
  account_name text -- null where it is not known
  region text -- null where it is about no single region
  resource text -- ARN of a repository or principal, registry:ACCOUNT/REGION, an account or organization
  principal_id text -- AWS unique id of whom it is about; null where it is about nobody
  principal_arn text -- ARN of whom it is about
  title text -- in one line
  what text -- what is so, in words
  why text -- why it matters
  remedy text -- what to do
  repositories integer -- how many repositories it is about
  repositories_in_production integer -- how many of them are production, by the configuration
  rights text[] -- actions, or whatever else more of would make it worse
  doubts text[] -- what it rests on that is not certain; empty where all is
  opened_at timestamp with time zone -- time of the first snapshot that showed it
  changed_at timestamp with time zone -- since when its severity and extent are what they are
  resolved_at timestamp with time zone -- time of the first snapshot that certainly did not show it any more; null unless it is resolved
  reopened_at timestamp with time zone -- when it was last active again after it had been resolved or archived; null if it never was
  acknowledged_by text -- who looks after it
  acknowledged_at timestamp with time zone -- since when
  approved_by text -- who approved it; null unless it is archived
  approval_reason text -- why
  approved_until timestamp with time zone -- when the approval ends, and the finding is active again
  unseen text -- why the latest scan, which does not show it, did not resolve it: what could not be read
 SELECT target.key AS target,
    finding.fingerprint,
    finding.rule_id,
    finding.status,
    finding.severity,
    finding.account_id,
    account.name AS account_name,
    finding.region,
    finding.resource,
    finding.principal_id,
    finding.principal_arn,
    finding.title,
    said.content ->> 'what'::text AS what,
    said.content ->> 'why'::text AS why,
    said.content ->> 'remedy'::text AS remedy,
    (said.content #>> '{repositories,count}'::text[])::integer AS repositories,
    (said.content #>> '{repositories,inProduction}'::text[])::integer AS repositories_in_production,
    audit.texts(said.content #> '{scope,rights}'::text[]) AS rights,
    audit.texts(said.content -> 'doubts'::text) AS doubts,
    finding.opened_at,
    finding.changed_at,
    finding.resolved_at,
    finding.reopened_at,
    finding.acknowledged_by,
    finding.acknowledged_at,
    exception.approved_by,
    exception.reason AS approval_reason,
    exception.until AS approved_until,
    finding.unseen
   FROM audit.finding
     JOIN audit.target ON target.id = finding.target_id
     LEFT JOIN audit.account ON account.target_id = finding.target_id AND account.account_id = finding.account_id
     LEFT JOIN audit.exception ON exception.id = finding.exception_id
     CROSS JOIN LATERAL ( SELECT audit.readable(finding.content) AS content) said;

view principals -- Users, roles and others that a scan ever saw, also those that may do nothing and those that are gone.
  target text -- what was scanned
  principal_id text -- AWS unique id, root:ACCOUNT, service:NAME or external:ARN: the key to join by
  principal_arn text -- as last seen; of two principals of one name, one after the other, both have it
  principal_kind text -- user, role, session, federatedUser, root, service, or external for an account outside the scan
  principal_name text -- as last seen
  principal_account_id text -- null for AWS services
  principal_account_name text -- null where it is not known
  first_seen_at timestamp with time zone -- time of the first snapshot that has it, which is no earlier than the first scan
  last_seen_at timestamp with time zone -- time of the last snapshot that has it
  gone_since timestamp with time zone -- time of the first snapshot that has it no more; null while it exists, or while nobody could read whether it does
 SELECT target.key AS target,
    principal.unique_id AS principal_id,
    principal.arn AS principal_arn,
    principal.kind AS principal_kind,
    principal.name AS principal_name,
    principal.account_id AS principal_account_id,
    account.name AS principal_account_name,
    first_seen.taken_at AS first_seen_at,
    last_seen.taken_at AS last_seen_at,
    gone.taken_at AS gone_since
   FROM audit.principal
     JOIN audit.target ON target.id = principal.target_id
     JOIN audit.scan first_seen ON first_seen.evaluation = principal.first_seen_scan
     JOIN audit.scan last_seen ON last_seen.evaluation = principal.last_seen_scan
     LEFT JOIN audit.scan gone ON gone.evaluation = principal.gone_since_scan
     LEFT JOIN audit.account ON account.target_id = principal.target_id AND account.account_id = principal.account_id;

view repositories -- Repositories that a scan ever saw, also those that nobody may use and those that are gone.
  target text -- what was scanned
  repository_arn text -- the key to join by
  account_id text -- AWS account of the registry
  account_name text -- null where the organization could not be read
  region text -- region of the registry
  repository text -- its name, such as team/app
  first_seen_at timestamp with time zone -- time of the first snapshot that has it, which is no earlier than the first scan
  last_seen_at timestamp with time zone -- time of the last snapshot that has it
  gone_since timestamp with time zone -- time of the first snapshot that has it no more; null while it exists, or while nobody could read whether it does
 SELECT target.key AS target,
    repository.arn AS repository_arn,
    repository.account_id,
    account.name AS account_name,
    repository.region,
    repository.name AS repository,
    first_seen.taken_at AS first_seen_at,
    last_seen.taken_at AS last_seen_at,
    gone.taken_at AS gone_since
   FROM audit.repository
     JOIN audit.target ON target.id = repository.target_id
     JOIN audit.scan first_seen ON first_seen.evaluation = repository.first_seen_scan
     JOIN audit.scan last_seen ON last_seen.evaluation = repository.last_seen_scan
     LEFT JOIN audit.scan gone ON gone.evaluation = repository.gone_since_scan
     LEFT JOIN audit.account ON account.target_id = repository.target_id AND account.account_id = repository.account_id;

view scans -- When what was scanned, one row a scan. The other views tell of the scan of each target that is_latest.
  target text -- what was scanned, such as organization:o-1 or account:111122223333
  target_name text -- the name that the configuration gives it
  scan_id uuid -- as in the API
  source text -- aws, or snapshot for a directory that was loaded
  status text -- requested, collecting, evaluating, completed or failed
  is_latest boolean -- whether it is the last one of its target that was evaluated: what all views of today show
  requested_at timestamp with time zone -- when it was asked for
  taken_at timestamp with time zone -- the time that the snapshot describes; null while it is not known
  completed_at timestamp with time zone -- when its evaluation was written; null unless it is completed
  failure text -- why it ended without a result; null unless it failed
  gaps bigint -- how many things could not be read: see audit.current_gaps
 SELECT target.key AS target,
    target.name AS target_name,
    scan.id AS scan_id,
    scan.source,
    scan.status,
    scan.evaluation IS NOT NULL AND scan.evaluation = (( SELECT max(latest.evaluation) AS max
           FROM audit.scan latest
          WHERE latest.target_id = scan.target_id)) AS is_latest,
    scan.requested_at,
    scan.taken_at,
    scan.completed_at,
    scan.failure,
    ( SELECT count(*) AS count
           FROM audit.collection_gap gap
          WHERE gap.scan_id = scan.id) AS gaps
   FROM audit.scan
     JOIN audit.target ON target.id = scan.target_id;

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
AS $function$
declare
  since bigint[] := array_fill(null::bigint, array[cardinality(actions)]);
begin
  for i in 1 .. cardinality(actions) loop
    since[i] := (audit.decided_stretch(of_principal, of_repository, of_account, of_region, at, actions[i])).since;
  end loop;
  return since;
end
$function$


CREATE OR REPLACE FUNCTION audit.decided_stretch(of_principal bigint, of_repository bigint, of_account text, of_region text, at bigint, action smallint, OUT since bigint, OUT until bigint, OUT is_unread_after boolean, OUT unread_from bigint[], OUT unread_until bigint[])
 RETURNS record
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  place integer;
  first_seen bigint;
  changes bigint[];
  kinds smallint[];
  later integer;
  index integer;
  wanted audit.verdict;
  other audit.verdict;
begin
  select repository.position, greatest(principal.first_seen_scan, repository.first_seen_scan)
  into place, first_seen
  from audit.principal left join audit.repository on repository.id = of_repository
  where principal.id = of_principal;
  wanted := audit.verdict_at(of_principal, place, of_account, of_region, at, action);
  if wanted.id is null then
    return;
  end if;
  select coalesce(array_agg(changed_in_scan order by changed_in_scan), '{}'),
    coalesce(array_agg(change.unread order by changed_in_scan), '{}')
  into changes, kinds
  from audit.access_change change
  where change.principal_id = of_principal and change.chunk = coalesce(place >> 8, -1)
    and audit.holds(change.actions, action)
    and case
      when place is not null then audit.holds(change.members, place & 255)
      else change.account_id = of_account and change.region = of_region
    end;
  later := (select count(*) from unnest(changes) as change where change <= at) + 1;
  unread_from := '{}';
  unread_until := '{}';

  -- Back, over stretches that nobody could read, as long as the answer before them was the same.
  index := later - 1;
  loop
    since := case when index = 0 then first_seen else changes[index] end;
    exit when index < 2 or kinds[index] <> 1 or wanted.decision = 'unknown';
    other := audit.verdict_at(of_principal, place, of_account, of_region, changes[index - 1] - 1, action);
    exit when other.id is null or other.decision <> wanted.decision or other.residual_hash is distinct from wanted.residual_hash;
    unread_from := changes[index - 1] || unread_from;
    unread_until := changes[index] || unread_until;
    index := index - 2;
  end loop;

  -- And forth in the same way.
  index := later;
  loop
    until := changes[index];
    is_unread_after := coalesce(kinds[index] = 2, false);
    exit when until is null or not is_unread_after or wanted.decision = 'unknown' or changes[index + 1] is null;
    other := audit.verdict_at(of_principal, place, of_account, of_region, changes[index + 1], action);
    exit when other.id is null or other.decision <> wanted.decision or other.residual_hash is distinct from wanted.residual_hash;
    unread_from := unread_from || changes[index];
    unread_until := unread_until || changes[index + 1];
    index := index + 2;
  end loop;
end
$function$


CREATE OR REPLACE FUNCTION audit.findings_told(kind text, payload jsonb)
 RETURNS SETOF text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select distinct told ->> 'fingerprint'
  from jsonb_path_query(payload, case kind when 'alert' then '$.findings[*]' else '$.changes[*]' end::jsonpath) as told
  where kind in ('alert', 'finding.changed') and told ->> 'fingerprint' is not null
$function$


CREATE OR REPLACE FUNCTION audit.holds(members bytea, place integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (place < (length(members) * 8)) THEN (get_bit(members, (place)::bigint) = 1) ELSE false END


CREATE OR REPLACE FUNCTION audit.keep_order_of_findings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  moved bigint[] := array[new.id];
begin
  insert into audit.outbox_finding (outbox_id, target_id, fingerprint)
  select new.id, scan.target_id, told
  from audit.scan, audit.findings_told(new.kind, new.payload) as told
  where scan.id = new.scan_id;

  if new.kind = 'alert' then
    -- It waits for nobody, and takes along what it would overtake, and what that would overtake.
    while moved <> '{}' loop
      with earlier as (
        update audit.outbox
        set not_before = early.not_before
        from (
          select older.outbox_id,
            case when bool_or(newer_row.not_before is null) then null else min(newer_row.not_before) end as not_before
          from audit.outbox_finding newer
          join audit.outbox newer_row on newer_row.id = newer.outbox_id
          join audit.outbox_finding older using (target_id, fingerprint)
          where newer.outbox_id = any (moved) and older.outbox_id < newer.outbox_id
          group by older.outbox_id
        ) as early
        where outbox.id = early.outbox_id and delivered_at is null
          and outbox.not_before > greatest(coalesce(early.not_before, '-infinity'), now())
        returning outbox.id
      )
      select coalesce(array_agg(id), '{}') into moved from earlier;
    end loop;
  elsif new.kind = 'finding.changed' then
    -- What became of a finding is not told before the finding is.
    update audit.outbox
    set not_before = greatest(outbox.not_before, waiting.not_before)
    from (
      select max(older_row.not_before) as not_before
      from audit.outbox_finding newer
      join audit.outbox_finding older using (target_id, fingerprint)
      join audit.outbox older_row on older_row.id = older.outbox_id
      where newer.outbox_id = new.id and older.outbox_id < new.id and older_row.delivered_at is null
    ) as waiting
    where outbox.id = new.id and waiting.not_before is not null;
  end if;
  return null;
end
$function$


CREATE OR REPLACE FUNCTION audit.let_read(reader name)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog'
AS $function$
declare
  readable text;
begin
  if not exists (select from pg_roles where rolname = reader) then
    begin
      execute format('create role %I nologin', reader);
    exception
      when insufficient_privilege then
        return format('role %I is not there and may not be made by %I: have an administrator run create role %I nologin, then select audit.let_read(%L)',
          reader, current_user, reader, reader);
      -- Another database of this server made it in this moment.
      when duplicate_object or unique_violation then null;
    end;
  end if;
  execute format('grant usage on schema audit to %I', reader);
  for readable in
    select format('audit.%I', relname) from pg_class where relnamespace = 'audit'::regnamespace and relkind = 'v'
  loop
    execute format('grant select on %s to %I', readable, reader);
  end loop;
  return null;
end
$function$


CREATE OR REPLACE FUNCTION audit.readable(content json)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN ((content)::text ~* '\\u(0000|d[89a-f][0-9a-f]{2})'::text) THEN (regexp_replace((content)::text, '(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})'::text, '\1\\ufffd'::text, 'gi'::text))::jsonb ELSE (content)::jsonb END


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


CREATE OR REPLACE FUNCTION audit.texts(list jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ARRAY(SELECT (items.item #>> '{}'::text[]) FROM jsonb_array_elements(texts.list) WITH ORDINALITY items(item, place) ORDER BY items.place)


CREATE OR REPLACE FUNCTION audit.verdict_at(of_principal bigint, place integer, of_account text, of_region text, at bigint, action smallint)
 RETURNS audit.verdict
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  said audit.verdict;
begin
  if place is not null then
    select verdict.* into said
    from audit.repository_stretch(of_principal, place, at) held join audit.verdict on verdict.id = held.verdict_ids[action];
  else
    select verdict.* into said
    from audit.registry_stretch(of_principal, of_account, of_region, at) held
    join audit.verdict on verdict.id = held.verdict_ids[action];
  end if;
  return said;
end
$function$

