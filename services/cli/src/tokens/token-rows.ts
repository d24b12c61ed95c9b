import type { ApiToken } from '@ecr-audit/store';
import { textTable } from '../report/text-table.ts';

/** Tokens as a table for people. */
export function tokenLines(tokens: readonly ApiToken[], now: Date): readonly string[] {
  return textTable(
    ['id', 'name', 'scope', 'accounts', 'state', 'last used', 'made'],
    tokens.map((token) => [
      token.id,
      token.name,
      token.scope,
      token.accountIds === null ? 'all' : token.accountIds.join(', '),
      stateOf(token, now),
      token.lastUsedAt ?? 'never',
      `${token.createdAt} by ${token.createdBy}`,
    ]),
  );
}

function stateOf({ revokedAt, revokedBy, expiresAt }: ApiToken, now: Date): string {
  if (revokedAt !== null) {
    return `revoked ${revokedAt} by ${revokedBy ?? 'somebody'}`;
  }
  if (expiresAt === null) {
    return 'in force, never expires';
  }
  return Date.parse(expiresAt) <= now.getTime() ? `expired ${expiresAt}` : `in force until ${expiresAt}`;
}
