import { createHash, randomUUID } from 'node:crypto';
import type { Alert, Finding, FindingChange } from '@ecr-audit/access';
import { requestScan, type Store } from '@ecr-audit/store';
import { alertOf } from '../alerts/alerts-world.ts';

export const target = 'account:111122223333';
const openedAt = '2026-11-20T06:00:00.000Z';

export function fingerprintOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** A finding as a scan keeps it. */
export function findingOf(name: string, more: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'ECR-PUBLIC',
    severity: 'high',
    accountId: '111122223333',
    region: 'eu-west-1',
    resource: `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`,
    principal: { id: 'AROAEXAMPLE', arn: 'arn:aws:iam::111122223333:role/deploy' },
    fingerprint: fingerprintOf(name),
    title: `Everybody can pull ${name}`,
    what: `The statement \`Allow *\` of \`${name}\` lets everybody pull.`,
    why: 'Images hold code.',
    remedy: 'Name the accounts.',
    repositories: { count: 1, inProduction: 0, examples: [] },
    scope: { repositories: [], rights: ['pull'], conditions: [] },
    reasons: [
      { policyType: 'repository', policy: `${name}/policy`, statement: 'Open*', effect: 'Allow', via: 'repository' },
    ],
    doubts: ['one policy could not be read'],
    ...more,
  };
}

/** An alert that tells of kept findings. */
export function alertAbout(findings: readonly Finding[], more: Partial<Alert> = {}): Alert {
  const title = findings.length === 1 ? (findings[0]?.title ?? '') : `${findings.length} findings`;
  return {
    ...alertOf(title),
    findings: findings.map(({ principal, repositories: _repositories, scope: _scope, ...finding }) => ({
      ...finding,
      principal: principal?.arn ?? null,
      reasons: finding.reasons.map(({ effect, statement, policy, via }) => ({ effect, statement, policy, via })),
      doubts: [...finding.doubts],
    })),
    ...more,
  };
}

/** Completes a scan that found these, as active findings. */
export async function keepFindings(store: Store, findings: readonly Finding[], targetKey = target): Promise<void> {
  const { sql } = store;
  const scanId = randomUUID();
  await requestScan(sql, { scanId, target: { key: targetKey }, source: 'snapshot' });
  await sql`
    update audit.scan set status = 'completed', taken_at = ${openedAt}, completed_at = ${openedAt}, counts = '{}',
      evaluation = nextval('audit.evaluation_sequence')
    where id = ${scanId}`;
  const rows = findings.map((finding) => ({ ...finding, content: JSON.stringify(finding) }));
  await sql`
    insert into audit.finding (
      target_id, fingerprint, rule_id, status, severity, account_id, region, resource, title, content, opened_at,
      changed_at)
    select target_id, fingerprint, "ruleId", 'active', severity, "accountId", region, resource, title, content::json,
      ${openedAt}, ${openedAt}
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as row (
      fingerprint text, "ruleId" text, severity text, "accountId" text, region text, resource text, title text,
      content text)
    join audit.scan on scan.id = ${scanId}`;
}

/** Makes findings what a scan would make them, and tells so as a scan does. */
export async function changeFindings(
  store: Store,
  names: readonly string[],
  change: Omit<FindingChange, 'fingerprint'> & { readonly kind: 'resolved' | 'reopened' | 'changed' },
): Promise<void> {
  const { sql } = store;
  const fingerprints = names.map(fingerprintOf);
  const named = sql`fingerprint in (select jsonb_array_elements_text(${JSON.stringify(fingerprints)}::text::jsonb))`;
  await (change.kind === 'resolved'
    ? sql`
        update audit.finding set status = 'resolved', resolved_at = ${change.at}, exception_id = null where ${named}`
    : sql`
        update audit.finding set status = 'active', resolved_at = null, exception_id = null,
          acknowledged_by = null, acknowledged_at = null,
          reopened_at = ${change.kind === 'reopened' ? change.at : null},
          changed_at = ${change.kind === 'changed' ? change.at : openedAt}
        where ${named}`);
  const changes = fingerprints.map((fingerprint) => ({ ...change, fingerprint }));
  await sql`
    insert into audit.outbox (scan_id, kind, payload)
    select scan.id, 'finding.changed', ${JSON.stringify({ changes })}::text::jsonb
    from audit.scan join audit.target on target.id = target_id
    where target.key = ${target} and evaluation is not null order by evaluation desc limit 1`;
}

/** Puts alerts about findings of the target into the outbox. */
export async function tell(store: Store, ...alerts: readonly Alert[]): Promise<void> {
  for (const alert of alerts) {
    await store.sql`
      insert into audit.outbox (scan_id, kind, payload, not_before)
      select scan.id, 'alert', ${JSON.stringify(alert)}::text::jsonb, ${alert.notBefore}
      from audit.scan join audit.target on target.id = target_id
      where target.key = ${target} and evaluation is not null order by evaluation desc limit 1`;
  }
}
