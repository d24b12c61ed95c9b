/*
 * Questions that people ask, in SQL over the views of schema audit. Every one of them runs as it stands, as the role ecr_audit_reader:
 *
 *   create role grafana login password '...' in role ecr_audit_reader;
 *   alter role grafana set statement_timeout = '30s';
 *
 * Where a migration could not make the role, an administrator of the server runs `create role ecr_audit_reader nologin`, and the owner of the
 * database then runs `select audit.let_read('ecr_audit_reader')`.
 *
 * All views have a column `target`: with several targets in one database, add `where target = '...'`.
 * What a name such as payments/% stands for is yours to fill in.
 */

-- Question 1: who may push to the repositories of payments, since when, and under which condition?
select account_id, region, repository, principal_name, principal_kind, principal_account_id, decision, condition_text, since
from audit.effective_access
where action = 'push' and repository like 'payments/%'
order by account_id, region, repository, decision, principal_name;

-- Question 2: who outside the organization may do anything?
select principal_arn, account_id, region, repository, array_agg(action order by action) as actions
from audit.effective_access
where principal_kind = 'external'
group by principal_arn, account_id, region, repository
order by principal_arn, repository;

-- Question 3: who may push to the most repositories?
select principal_arn, count(*) as repositories, count(*) filter (where decision = 'conditional') as under_a_condition
from audit.effective_access
where action = 'push' and repository is not null and decision <> 'unknown'
group by principal_arn
order by repositories desc, principal_arn
limit 20;

-- Question 4: who may push and was not seen to? Without seen_from nobody looked, and it is not known.
select access.account_id, access.region, access.repository, access.principal_arn, access.decision, seen.seen_from, seen.seen_until
from audit.effective_access access
left join lateral (
  -- PutImage shows a push. Events of every name, and of every name that writes, count for it, too; one stretch of one of them,
  -- because between two of them nobody may have looked.
  select seen_from, seen_until
  from audit.activity_coverage coverage
  where coverage.account_id = access.account_id and coverage.region = access.region
    and coverage.event_name in ('PutImage', '*', '*write') and seen_until is not null
  order by seen_until desc, seen_from
  limit 1
) as seen on true
where access.action = 'push' and access.principal_kind in ('user', 'role')
  and not exists (
    select from audit.activity_by_principal used
    where used.principal_id = access.principal_id and used.account_id = access.account_id
      and used.region = access.region and used.repository = access.repository and used.capability = 'push'
  )
order by access.account_id, access.region, access.repository, access.principal_arn;

-- Question 5: how did access change within the last week, and who made it so?
select taken_at, kind, is_certain, capabilities, actions, principal_arns, repository_arns, decision_before, decision_after, made_by
from audit.access_drift
where taken_at > (select max(taken_at) from audit.scans where is_latest) - interval '7 days'
order by taken_at desc, kind;

-- Question 6: who changed policies, roles or registries within the last week, and from where?
select at, event_name, coalesce(actor_arn, actor_key) as who, session_name, source_address, subjects
from audit.change_events
where at > (select max(taken_at) from audit.scans where is_latest) - interval '7 days'
order by at desc;

-- Question 7: what is open, and how grave, in each account?
select account_id, account_name, severity, count(*) as findings, sum(repositories_in_production) as repositories_in_production,
  count(*) filter (where acknowledged_by is null) as nobody_looks_after
from audit.findings
where status = 'active'
group by account_id, account_name, severity
order by account_id, array_position(array['critical', 'high', 'medium', 'low', 'info'], severity);

-- Question 8: which grave findings have been open the longest?
select severity, rule_id, title, remedy, opened_at, acknowledged_by, cardinality(doubts) as doubts
from audit.findings
where status = 'active' and severity in ('critical', 'high')
order by opened_at, severity, fingerprint
limit 50;

-- Question 9: what became of findings within the last week, and because of which call?
select at, kind, severity, rule_id, title, by, why, cause_event, cause_actor, explanation
from audit.finding_changes
where at > (select max(taken_at) from audit.scans where is_latest) - interval '7 days'
order by at desc, fingerprint;

-- Question 10: which approvals are in force, and which end next?
select until, approved_by, reason, rule_id, title, finding_status
from audit.exceptions
where is_in_force
order by until, fingerprint;

-- Question 11: how fresh and how complete is all of this?
select coverage.target, coverage.as_of, coverage.account_id, coverage.account_name, coverage.region, coverage.source,
  coverage.status, coverage.detail, coverage.read_at
from audit.current_coverage coverage
where coverage.status <> 'complete'
order by coverage.target, coverage.account_id, coverage.region, coverage.source;

-- Question 12: who used a repository last, and is that principal still there?
select distinct on (used.account_id, used.region, used.repository)
  used.account_id, used.region, used.repository, used.principal_arn, used.action, used.last_used_at, principal.gone_since
from audit.activity_by_principal used
left join audit.principals principal on principal.principal_id = used.principal_id
where used.repository is not null
order by used.account_id, used.region, used.repository, used.last_used_at desc, used.principal_id;
