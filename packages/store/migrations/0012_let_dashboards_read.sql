-- Dashboards and people ask in SQL: views that say what their columns mean and stay as they are, and a role that reads them and nothing else.

-- Names in policies may hold what jsonb refuses: a zero byte, or half a surrogate pair. One of them must not fail a whole view.
create function audit.readable(content json) returns jsonb
  language sql immutable strict parallel safe
  return case
    -- An even number of backslashes before it are backslashes of the text; JSON.stringify escapes only halves of pairs.
    when content::text ~* '\\u(0000|d[89a-f][0-9a-f]{2})'
      then regexp_replace(content::text, '(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})', '\1\\ufffd', 'gi')::jsonb
    else content::jsonb
  end;
comment on function audit.readable(json) is 'a JSON text with what jsonb refuses replaced by U+FFFD';

create function audit.texts(list jsonb) returns text[]
  language sql immutable strict parallel safe
  return array(select item #>> '{}' from jsonb_array_elements(list) with ordinality as items (item, place) order by place);
comment on function audit.texts(jsonb) is 'a JSON list of texts as an array';

-- The scan that the access of a target is as of, which is the last one that was evaluated.
create view audit.scans as
select
  target.key as target,
  target.name as target_name,
  scan.id as scan_id,
  scan.source,
  scan.status,
  scan.evaluation is not null and scan.evaluation = (
    select max(latest.evaluation) from audit.scan latest where latest.target_id = scan.target_id
  ) as is_latest,
  scan.requested_at,
  scan.taken_at,
  scan.completed_at,
  scan.failure,
  (select count(*) from audit.collection_gap gap where gap.scan_id = scan.id) as gaps
from audit.scan
join audit.target on target.id = scan.target_id;

comment on view audit.scans is 'When what was scanned, one row a scan. The other views tell of the scan of each target that is_latest.';
comment on column audit.scans.target is 'what was scanned, such as organization:o-1 or account:111122223333';
comment on column audit.scans.target_name is 'the name that the configuration gives it';
comment on column audit.scans.scan_id is 'as in the API';
comment on column audit.scans.source is 'aws, or snapshot for a directory that was loaded';
comment on column audit.scans.status is 'requested, collecting, evaluating, completed or failed';
comment on column audit.scans.is_latest is 'whether it is the last one of its target that was evaluated: what all views of today show';
comment on column audit.scans.requested_at is 'when it was asked for';
comment on column audit.scans.taken_at is 'the time that the snapshot describes; null while it is not known';
comment on column audit.scans.completed_at is 'when its evaluation was written; null unless it is completed';
comment on column audit.scans.failure is 'why it ended without a result; null unless it failed';
comment on column audit.scans.gaps is 'how many things could not be read: see audit.current_gaps';

create view audit.current_coverage as
select
  latest.target,
  coverage.account_id,
  account.name as account_name,
  account.path as account_path,
  coverage.region,
  coverage.source,
  coverage.status,
  nullif(coverage.detail, '') as detail,
  coverage.read_at,
  latest.taken_at as as_of
from audit.scans latest
join audit.scan on scan.id = latest.scan_id
join audit.coverage on coverage.scan_id = scan.id
left join audit.account on account.target_id = scan.target_id and account.account_id = coverage.account_id
where latest.is_latest;

comment on view audit.current_coverage is
  'How much of each account was read by the latest scan. Where status is not complete, what is missing from the other views says nothing.';
comment on column audit.current_coverage.target is 'what was scanned';
comment on column audit.current_coverage.account_id is 'AWS account';
comment on column audit.current_coverage.account_name is 'null where the organization could not be read';
comment on column audit.current_coverage.account_path is 'names of the organizational units down to the account';
comment on column audit.current_coverage.region is 'null for what has no region: iam and organization';
comment on column audit.current_coverage.source is 'iam, ecr, cloudtrail or organization';
comment on column audit.current_coverage.status is 'complete, partial or notReadable';
comment on column audit.current_coverage.detail is 'what was missing, in words; null where nothing was';
comment on column audit.current_coverage.read_at is 'when it was read: earlier than as_of where the scan read other accounts only; null where it never was';
comment on column audit.current_coverage.as_of is 'the time that the latest snapshot describes';

create view audit.current_gaps as
select
  latest.target,
  gap.account_id,
  gap.region,
  gap.source,
  gap.resource,
  gap.reason,
  gap.message,
  latest.taken_at as as_of
from audit.scans latest
join audit.collection_gap gap on gap.scan_id = latest.scan_id
where latest.is_latest;

comment on view audit.current_gaps is 'What the latest scan could not read, and why: conclusions about it are unknown, never "no access".';
comment on column audit.current_gaps.target is 'what was scanned';
comment on column audit.current_gaps.account_id is 'null where it concerns all accounts';
comment on column audit.current_gaps.region is 'null where it concerns no single region';
comment on column audit.current_gaps.source is 'what was read: the call, or the file of a snapshot';
comment on column audit.current_gaps.resource is 'what it was about; null where it was about all of the source';
comment on column audit.current_gaps.reason is 'accessDenied, throttled, timeout, missingFile, notCollected or failed';
comment on column audit.current_gaps.message is 'what AWS answered, in words';
comment on column audit.current_gaps.as_of is 'the time that the latest snapshot describes';

create view audit.principals as
select
  target.key as target,
  principal.unique_id as principal_id,
  principal.arn as principal_arn,
  principal.kind as principal_kind,
  principal.name as principal_name,
  principal.account_id as principal_account_id,
  account.name as principal_account_name,
  first_seen.taken_at as first_seen_at,
  last_seen.taken_at as last_seen_at,
  gone.taken_at as gone_since
from audit.principal
join audit.target on target.id = principal.target_id
join audit.scan first_seen on first_seen.evaluation = principal.first_seen_scan
join audit.scan last_seen on last_seen.evaluation = principal.last_seen_scan
left join audit.scan gone on gone.evaluation = principal.gone_since_scan
left join audit.account on account.target_id = principal.target_id and account.account_id = principal.account_id;

comment on view audit.principals is 'Users, roles and others that a scan ever saw, also those that may do nothing and those that are gone.';
comment on column audit.principals.target is 'what was scanned';
comment on column audit.principals.principal_id is 'AWS unique id, root:ACCOUNT, service:NAME or external:ARN: the key to join by';
comment on column audit.principals.principal_arn is 'as last seen; of two principals of one name, one after the other, both have it';
comment on column audit.principals.principal_kind is 'user, role, session, federatedUser, root, service, or external for an account outside the scan';
comment on column audit.principals.principal_name is 'as last seen';
comment on column audit.principals.principal_account_id is 'null for AWS services';
comment on column audit.principals.principal_account_name is 'null where it is not known';
comment on column audit.principals.first_seen_at is 'time of the first snapshot that has it, which is no earlier than the first scan';
comment on column audit.principals.last_seen_at is 'time of the last snapshot that has it';
comment on column audit.principals.gone_since is 'time of the first snapshot that has it no more; null while it exists, or while nobody could read whether it does';

create view audit.repositories as
select
  target.key as target,
  repository.arn as repository_arn,
  repository.account_id,
  account.name as account_name,
  repository.region,
  repository.name as repository,
  first_seen.taken_at as first_seen_at,
  last_seen.taken_at as last_seen_at,
  gone.taken_at as gone_since
from audit.repository
join audit.target on target.id = repository.target_id
join audit.scan first_seen on first_seen.evaluation = repository.first_seen_scan
join audit.scan last_seen on last_seen.evaluation = repository.last_seen_scan
left join audit.scan gone on gone.evaluation = repository.gone_since_scan
left join audit.account on account.target_id = repository.target_id and account.account_id = repository.account_id;

comment on view audit.repositories is 'Repositories that a scan ever saw, also those that nobody may use and those that are gone.';
comment on column audit.repositories.target is 'what was scanned';
comment on column audit.repositories.repository_arn is 'the key to join by';
comment on column audit.repositories.account_id is 'AWS account of the registry';
comment on column audit.repositories.account_name is 'null where the organization could not be read';
comment on column audit.repositories.region is 'region of the registry';
comment on column audit.repositories.repository is 'its name, such as team/app';
comment on column audit.repositories.first_seen_at is 'time of the first snapshot that has it, which is no earlier than the first scan';
comment on column audit.repositories.last_seen_at is 'time of the last snapshot that has it';
comment on column audit.repositories.gone_since is 'time of the first snapshot that has it no more; null while it exists, or while nobody could read whether it does';

create view audit.findings as
select
  target.key as target,
  finding.fingerprint,
  finding.rule_id,
  finding.status,
  finding.severity,
  finding.account_id,
  account.name as account_name,
  finding.region,
  finding.resource,
  finding.principal_id,
  finding.principal_arn,
  finding.title,
  said.content ->> 'what' as what,
  said.content ->> 'why' as why,
  said.content ->> 'remedy' as remedy,
  (said.content #>> '{repositories,count}')::integer as repositories,
  (said.content #>> '{repositories,inProduction}')::integer as repositories_in_production,
  audit.texts(said.content #> '{scope,rights}') as rights,
  audit.texts(said.content -> 'doubts') as doubts,
  finding.opened_at,
  finding.changed_at,
  finding.resolved_at,
  finding.reopened_at,
  finding.acknowledged_by,
  finding.acknowledged_at,
  exception.approved_by,
  exception.reason as approval_reason,
  exception.until as approved_until,
  finding.unseen
from audit.finding
join audit.target on target.id = finding.target_id
left join audit.account on account.target_id = finding.target_id and account.account_id = finding.account_id
left join audit.exception on exception.id = finding.exception_id
cross join lateral (select audit.readable(finding.content) as content) as said;

comment on view audit.findings is 'What is risky, and what was: one row a finding, as the last scan that showed it found it.';
comment on column audit.findings.target is 'what was scanned';
comment on column audit.findings.fingerprint is 'the same as long as it is about the same: the key to join by';
comment on column audit.findings.rule_id is 'such as ECR-PUB-PUSH; `ecr-audit rules` lists them';
comment on column audit.findings.status is 'active, archived (somebody approved it) or resolved';
comment on column audit.findings.severity is 'critical, high, medium, low or info';
comment on column audit.findings.account_id is 'null where it is about the organization, or about several accounts';
comment on column audit.findings.account_name is 'null where it is not known';
comment on column audit.findings.region is 'null where it is about no single region';
comment on column audit.findings.resource is 'ARN of a repository or principal, registry:ACCOUNT/REGION, an account or organization';
comment on column audit.findings.principal_id is 'AWS unique id of whom it is about; null where it is about nobody';
comment on column audit.findings.principal_arn is 'ARN of whom it is about';
comment on column audit.findings.title is 'in one line';
comment on column audit.findings.what is 'what is so, in words';
comment on column audit.findings.why is 'why it matters';
comment on column audit.findings.remedy is 'what to do';
comment on column audit.findings.repositories is 'how many repositories it is about';
comment on column audit.findings.repositories_in_production is 'how many of them are production, by the configuration';
comment on column audit.findings.rights is 'actions, or whatever else more of would make it worse';
comment on column audit.findings.doubts is 'what it rests on that is not certain; empty where all is';
comment on column audit.findings.opened_at is 'time of the first snapshot that showed it';
comment on column audit.findings.changed_at is 'since when its severity and extent are what they are';
comment on column audit.findings.resolved_at is 'time of the first snapshot that certainly did not show it any more; null unless it is resolved';
comment on column audit.findings.reopened_at is 'when it was last active again after it had been resolved or archived; null if it never was';
comment on column audit.findings.acknowledged_by is 'who looks after it';
comment on column audit.findings.acknowledged_at is 'since when';
comment on column audit.findings.approved_by is 'who approved it; null unless it is archived';
comment on column audit.findings.approval_reason is 'why';
comment on column audit.findings.approved_until is 'when the approval ends, and the finding is active again';
comment on column audit.findings.unseen is 'why the latest scan, which does not show it, did not resolve it: what could not be read';

create view audit.finding_changes as
select
  target.key as target,
  finding.fingerprint,
  finding.rule_id,
  finding.title,
  change.at,
  change.kind,
  change.severity,
  change.by,
  change.why,
  said.cause #>> '{cause,eventName}' as cause_event,
  said.cause #>> '{cause,actor}' as cause_actor,
  (said.cause #>> '{cause,time}')::timestamptz as cause_at,
  said.cause #>> '{cause,eventId}' as cause_event_id,
  said.cause ->> 'explanation' as explanation,
  change.scan_id
from audit.finding_change change
join audit.finding on finding.id = change.finding_id
join audit.target on target.id = finding.target_id
left join lateral (select audit.readable(change.cause) as cause) as said on true;

comment on view audit.finding_changes is 'What became of each finding, one row a step, with the call that made it where one is known.';
comment on column audit.finding_changes.target is 'what was scanned';
comment on column audit.finding_changes.fingerprint is 'as in audit.findings';
comment on column audit.finding_changes.rule_id is 'as in audit.findings';
comment on column audit.finding_changes.title is 'of the finding as it is now';
comment on column audit.finding_changes.at is 'time of the snapshot that showed it, or when somebody did it';
comment on column audit.finding_changes.kind is 'opened, changed, resolved, reopened, archived or acknowledged';
comment on column audit.finding_changes.severity is 'which it had then';
comment on column audit.finding_changes.by is 'who did it; null where a scan did';
comment on column audit.finding_changes.why is 'in words; null where the kind says all';
comment on column audit.finding_changes.cause_event is 'name of the call that made it so, such as SetRepositoryPolicy; null where none is known';
comment on column audit.finding_changes.cause_actor is 'who made that call';
comment on column audit.finding_changes.cause_at is 'when that was';
comment on column audit.finding_changes.cause_event_id is 'eventID in CloudTrail';
comment on column audit.finding_changes.explanation is 'what remains as an explanation where no call is known';
comment on column audit.finding_changes.scan_id is 'null where a person did it';

create view audit.exceptions as
select
  target.key as target,
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
  exception.withdrawn_at is null and exception.until > now() as is_in_force,
  finding.status as finding_status
from audit.exception
join audit.target on target.id = exception.target_id
left join audit.finding on finding.target_id = exception.target_id and finding.fingerprint = exception.fingerprint;

comment on view audit.exceptions is 'Who approved which finding, why and until when; also those that are over.';
comment on column audit.exceptions.target is 'what was scanned';
comment on column audit.exceptions.fingerprint is 'as in audit.findings';
comment on column audit.exceptions.rule_id is 'null where there is no such finding';
comment on column audit.exceptions.title is 'of the finding as it is now; null where there is none';
comment on column audit.exceptions.severity is 'up to which it was approved';
comment on column audit.exceptions.approved_by is 'who';
comment on column audit.exceptions.reason is 'why';
comment on column audit.exceptions.approved_at is 'when';
comment on column audit.exceptions.until is 'when it ends by itself';
comment on column audit.exceptions.withdrawn_at is 'when somebody ended it before; null if nobody did';
comment on column audit.exceptions.withdrawn_by is 'who did';
comment on column audit.exceptions.is_in_force is 'neither over nor withdrawn; a finding that outgrew it is active all the same';
comment on column audit.exceptions.finding_status is 'active, archived or resolved; null where there is no such finding';

create view audit.access_drift as
select
  target.key as target,
  drift.scan_id,
  scan.taken_at,
  since.taken_at as since,
  drift.kind,
  drift.is_certain,
  drift.capabilities,
  drift.actions,
  array(
    select ref ->> 'arn' from jsonb_array_elements(audit.readable(drift.principals)) with ordinality as refs (ref, place)
    order by place
  ) as principal_arns,
  array(
    select ref ->> 'id' from jsonb_array_elements(audit.readable(drift.principals)) with ordinality as refs (ref, place)
    order by place
  ) as principal_ids,
  audit.texts(audit.readable(drift.repositories)) as repository_arns,
  audit.readable(drift.before) ->> 'decision' as decision_before,
  audit.readable(drift.after) ->> 'decision' as decision_after,
  audit.condition_text(nullif(audit.readable(drift.before) -> 'residual', 'null')) as condition_before,
  audit.condition_text(nullif(audit.readable(drift.after) -> 'residual', 'null')) as condition_after,
  drift.lifecycle,
  array(
    select distinct format('%s by %s at %s', event ->> 'eventName',
      coalesce(event #>> '{actor,arn}', event #>> '{actor,name}', event #>> '{actor,kind}'), event ->> 'time')
    from audit.difference
    cross join lateral jsonb_array_elements(
      case when audit.readable(difference.cause) ->> 'kind' = 'events'
        then audit.readable(difference.cause) -> 'events' else '[]' end
    ) as events (event)
    where difference.scan_id = drift.scan_id and difference.ordinal = any (drift.differences)
    order by 1
  ) as made_by,
  drift.unread
from audit.drift
join audit.scan on scan.id = drift.scan_id
join audit.scan since on since.id = drift.since_scan_id
join audit.target on target.id = scan.target_id;

comment on view audit.access_drift is
  'How access became other between one scan and the next: one row for all principals and repositories of which the same changed for the same reason.';
comment on column audit.access_drift.target is 'what was scanned';
comment on column audit.access_drift.scan_id is 'the scan that showed it';
comment on column audit.access_drift.taken_at is 'the time that its snapshot describes';
comment on column audit.access_drift.since is 'the time that the snapshot before describes: it changed in between';
comment on column audit.access_drift.kind is 'granted, revoked, widened, narrowed, or altered (another condition, neither wider nor narrower)';
comment on column audit.access_drift.is_certain is 'false where something that was not read keeps it open: see unread';
comment on column audit.access_drift.capabilities is 'pull, push, delete, administer, replicate';
comment on column audit.access_drift.actions is 'ECR actions beyond those';
comment on column audit.access_drift.principal_arns is 'whose access it is';
comment on column audit.access_drift.principal_ids is 'the same by the key of audit.principals, in the same order';
comment on column audit.access_drift.repository_arns is 'empty for actions of a registry';
comment on column audit.access_drift.decision_before is 'denied, allowed, conditional or unknown';
comment on column audit.access_drift.decision_after is 'denied, allowed, conditional or unknown';
comment on column audit.access_drift.condition_before is 'in words; null where there was none';
comment on column audit.access_drift.condition_after is 'in words; null where there is none';
comment on column audit.access_drift.lifecycle is 'why the principal or repository is new, gone or another; null where it was there before';
comment on column audit.access_drift.made_by is 'the calls that made it; empty where none is known';
comment on column audit.access_drift.unread is 'what could not be read and keeps it open';

create view audit.change_events as
select
  change.at,
  change.account_id,
  change.region,
  change.event_name,
  change.event_source,
  change.subjects,
  change.actor_key,
  change.actor ->> 'arn' as actor_arn,
  change.actor ->> 'sessionName' as session_name,
  change.actor ->> 'webIdentitySubject' as web_identity_subject,
  change.on_behalf_of,
  change.source_address,
  change.user_agent,
  change.event_id
from audit.change_event change;

comment on view audit.change_events is 'Calls that changed who may do what, as CloudTrail recorded them, without their parameters.';
comment on column audit.change_events.at is 'when';
comment on column audit.change_events.account_id is 'in whose history it stands';
comment on column audit.change_events.region is 'in which region it was recorded';
comment on column audit.change_events.event_name is 'such as AttachRolePolicy';
comment on column audit.change_events.event_source is 'such as iam.amazonaws.com';
comment on column audit.change_events.subjects is 'what was changed: role:ACCOUNT/NAME, policy:ARN, repository:ARN and their like';
comment on column audit.change_events.actor_key is 'who made the call, by the key of audit.principals where the event gives it';
comment on column audit.change_events.actor_arn is 'ARN of the user or role; null where the event does not give it';
comment on column audit.change_events.session_name is 'which person or machine gave itself for a role; chosen by whoever assumed it';
comment on column audit.change_events.web_identity_subject is 'such as repo:org/name:ref:refs/heads/main';
comment on column audit.change_events.on_behalf_of is 'the AWS service that called; null where nobody stood between';
comment on column audit.change_events.source_address is 'from where';
comment on column audit.change_events.user_agent is 'with what; chosen by whoever called';
comment on column audit.change_events.event_id is 'eventID in CloudTrail';

create view audit.activity_by_principal as
select
  principal.key as principal_id,
  principal.kind as principal_kind,
  principal.account_id as principal_account_id,
  principal.arn as principal_arn,
  principal.name as principal_name,
  resource.account_id,
  resource.region,
  nullif(resource.repository, '') as repository,
  used.action,
  case
    when used.action in ('ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer') then 'pull'
    when used.action = 'ecr:PutImage' then 'push'
    when used.action in ('ecr:BatchDeleteImage', 'ecr:DeleteRepository') then 'delete'
    when used.action in ('ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy') then 'administer'
    when used.action = 'ecr:ReplicateImage' then 'replicate'
  end as capability,
  nullif(used.on_behalf_of, '') as on_behalf_of,
  used.first_used_at,
  used.last_used_at,
  used.events
from (
  -- What two sources saw are different events: an event that comes again from elsewhere is not counted again.
  select principal_id, resource_id, action, on_behalf_of, min(first_at) as first_used_at, max(last_at) as last_used_at,
    sum(events)::bigint as events
  from audit.activity
  group by principal_id, resource_id, action, on_behalf_of
) as used
join audit.activity_principal principal on principal.id = used.principal_id
join audit.activity_resource resource on resource.id = used.resource_id;

comment on view audit.activity_by_principal is
  'Who used what: one row for each principal, repository and action that CloudTrail showed. No row is no use only where audit.activity_coverage has the time.';
comment on column audit.activity_by_principal.principal_id is 'the key of audit.principals where the event gives it; else account:ACCOUNT, user:ACCOUNT/NAME or role:ACCOUNT/NAME';
comment on column audit.activity_by_principal.principal_kind is 'user, role, root, service and so on, as events name it';
comment on column audit.activity_by_principal.principal_account_id is 'null for AWS services';
comment on column audit.activity_by_principal.principal_arn is 'null where no event gave it';
comment on column audit.activity_by_principal.principal_name is 'null where no event gave it';
comment on column audit.activity_by_principal.account_id is 'AWS account of the registry, which may be somebody else''s';
comment on column audit.activity_by_principal.region is 'region of the registry';
comment on column audit.activity_by_principal.repository is 'null where it was the registry itself';
comment on column audit.activity_by_principal.action is 'such as ecr:PutImage';
comment on column audit.activity_by_principal.capability is 'what the action shows to have been used: pull, push, delete, administer, replicate; null where it shows none by itself';
comment on column audit.activity_by_principal.on_behalf_of is 'the AWS service that called for it; null where the principal called itself';
comment on column audit.activity_by_principal.first_used_at is 'time of the first event that was seen';
comment on column audit.activity_by_principal.last_used_at is 'time of the last event that was seen';
comment on column audit.activity_by_principal.events is 'how many were seen';

create view audit.activity_coverage as
select
  account_id,
  region,
  event_name,
  lower(last.stretch) as seen_from,
  upper(last.stretch) as seen_until,
  stretches.count as stretches
from (
  select account_id, region, event_name, range_agg(during) as during
  from audit.activity_observed
  group by account_id, region, event_name
) as observed
cross join lateral (select count(*) from unnest(during)) as stretches (count)
left join lateral (select stretch from unnest(during) as stretch order by stretch desc limit 1) as last on true;

comment on view audit.activity_coverage is
  'Which events were wholly seen, and when: without a row that has the time, nobody looked, and no use is not known to be none.';
comment on column audit.activity_coverage.account_id is 'in whose history';
comment on column audit.activity_coverage.region is 'in which region';
comment on column audit.activity_coverage.event_name is 'such as PutImage; * is every event, *write every one that writes: these count for each name, too';
comment on column audit.activity_coverage.seen_from is 'beginning of the last stretch without a hole; null where nothing was seen';
comment on column audit.activity_coverage.seen_until is 'its end; null where nothing was seen';
comment on column audit.activity_coverage.stretches is 'how many stretches there are: more than one means that holes lie between';

comment on column audit.effective_access.account_name is 'null where the organization could not be read';
comment on column audit.effective_access.principal_arn is 'as last seen';
comment on column audit.effective_access.principal_name is 'as last seen';
comment on column audit.effective_access.repository_arn is 'the key of audit.repositories; null for the actions of a registry that have no repository';
comment on column audit.effective_access.condition_text is 'the condition in words; null when allowed without one';
comment on column audit.effective_access.since is
  'time of the first snapshot that showed this decision under this condition; worked out for each row, 0.1 ms each, where it is selected';
comment on schema audit is 'Effective access to Amazon ECR. The views are for dashboards and stay as they are; tables may change with every version.';

-- Roles belong to the server, not to a database: it may be there already, and the owner of this database may not be allowed to make one.
create function audit.let_read(reader name) returns text
  language plpgsql
  set search_path = pg_catalog
  as $$
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
$$;
comment on function audit.let_read(name) is
  'lets a role read the views of audit, and makes it where it is not there; says what to do where that is not allowed, else null';
revoke execute on function audit.let_read(name) from public;

do $$
declare
  refused text := audit.let_read('ecr_audit_reader');
begin
  if refused is not null then
    raise notice '%', refused;
  end if;
end
$$;
