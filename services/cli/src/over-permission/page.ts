import { count, type OverPermissionReport, members, type PrincipalUse, type RightUse } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';
import { type Html, html } from './escape-html.ts';
import { pageStyle } from './page-style.ts';
import { policiesSection } from './policies-section.ts';
import { FINDING_WORDS, inWords, reasonInWords, shownTime, summaryOf } from './summary.ts';

const CAPABILITIES = ['push', 'administer', 'delete', 'pull'] as const;

// A page with more lines than this is no page to read: the rest is in the CSV.
const PRINCIPALS_MAX = 500;
const REPOSITORIES_MAX = 40;

/** The report as one page: no script, nothing from elsewhere, so that it can be mailed and opened anywhere. */
export function pageOf(report: OverPermissionReport): string {
  const { period, principals, gone, leftOut } = report;
  const shown = principals.slice(0, PRINCIPALS_MAX);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>ECR: granted and not used</title>
        <style>
          ${{ markup: pageStyle }}
        </style>
      </head>
      <body>
        <h1>Granted and not used</h1>
        <p class="quiet">
          Amazon ECR, ${shownTime(period.fromMs)} to ${shownTime(period.asOfMs)}. Unused is only what would have shown
          in a window that was wholly seen; everything else is not known. Capabilities are pull, push, delete and
          administration.
        </p>
        <ul class="figures">
          <li><b>${principals.length}</b> principals with rights</li>
          <li>
            <b>${principals.filter(({ unusedOnProduction }) => unusedOnProduction > 0).length}</b> with unused push,
            administration or delete on production
          </li>
          <li><b>${withFinding(principals, 'neverUses')}</b> that use no capability</li>
          <li><b>${withFinding(principals, 'neverAdministers')}</b> administrators that never administer</li>
          <li><b>${withFinding(principals, 'outsideNeverUses')}</b> outsiders that use no capability</li>
        </ul>
        <h2>By what matters</h2>
        <table class="uses">
          <thead>
            <tr>
              <th>Principal</th>
              <th class="finding">Finding</th>
              <th>Push</th>
              <th>Administer</th>
              <th>Delete</th>
              <th>Pull</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map((use) => principalRow(use, report))}
          </tbody>
        </table>
        ${principals.length > shown.length ? html`<p class="quiet">${principals.length - shown.length} more are in the CSV.</p>` : ''}
        ${unusableSection(principals)} ${policiesSection(report.policies)}
        ${
          gone.length === 0
            ? ''
            : html`<h2>Used something, and not there any more</h2>
                <ul>
                  ${gone.map(
                    ({ arn, key, lastUsedMs, replacedBy }) =>
                      html`<li>
                        <code>${arn ?? key}</code>, last on
                        ${shownTime(lastUsedMs)}${replacedBy === null ? '' : '; another one has that name now'}
                      </li>`,
                  )}
                </ul>`
        }
        <p class="quiet">
          Left out: ${counted(leftOut.rootUsers, 'root user')} and
          ${counted(leftOut.serviceLinkedRoles, 'service-linked role')}, whose rights no policy of theirs takes away.
        </p>
      </body>
    </html> `;
  return page.markup;
}

function withFinding(principals: readonly PrincipalUse[], finding: PrincipalUse['findings'][number]): number {
  return principals.filter(({ findings }) => findings.includes(finding)).length;
}

function principalRow(use: PrincipalUse, report: OverPermissionReport): Html {
  const { principal, findings, unusedOnProduction, capabilities, lastUsedMs } = use;
  const production =
    unusedOnProduction > 0 ? [html`<span class="tag hot">${unusedOnProduction} of production</span>`] : [];
  const tags = findings.map((finding) => html`<span class="tag">${FINDING_WORDS[finding]}</span>`);
  return html`<tr>
    <td>
      <code>${principal.arn}</code><br /><span class="quiet"
        >${lastUsedMs === null ? 'no use was seen' : `last use ${shownTime(lastUsedMs)}`}</span
      >
    </td>
    <td class="finding">${[...production, ...tags]}</td>
    ${CAPABILITIES.map((right) => cell(right, capabilities, report))}
  </tr> `;
}

function cell(right: string, capabilities: readonly RightUse[], report: OverPermissionReport): Html {
  const use = capabilities.find((each) => each.right === right);
  if (use === undefined) {
    return html`<td class="unknown none">–</td>`;
  }
  const summary = summaryOf(use);
  const kind = summary.unused > 0 ? 'unused' : summary.notKnown > 0 ? 'unknown' : 'used';
  const window =
    summary.window === null
      ? ''
      : html`<br /><span class="quiet"
            >${summary.window.from.slice(0, 10)} to ${summary.window.until.slice(0, 10)}, ${summary.confidence ?? 'no'}
            confidence</span
          >`;
  return html`<td data-label="${right}">
    <span class="${kind}">${inWords(summary)}</span>${window}${repositoriesOf(use, report)}
  </td>`;
}

function repositoriesOf({ used, absent }: RightUse, { repositories }: OverPermissionReport): Html {
  const named = (index: number): Html => {
    const repository = repositories[index];
    return html`<code>${repository?.name ?? ''}</code>${repository?.isProduction === true ? ' (production)' : ''}`;
  };
  const groups = [
    ...(used.length === 0
      ? []
      : [
          html`<p>used</p>
            ${list(used.map(({ index, lastMs }) => html`<li>${named(index)}, ${shownTime(lastMs)}</li>`))}`,
        ]),
    ...absent.map(({ absence, set }) => {
      const title = absence.kind === 'unused' ? 'unused' : `not known: ${reasonInWords(absence.reason)}`;
      const shown = [...members(set).take(REPOSITORIES_MAX)].map((index) => html`<li>${named(index)}</li>`);
      const more = count(set) - shown.length;
      return html`<p>${title}</p>
        ${list(more > 0 ? [...shown, html`<li>and ${more} more</li>`] : shown)}`;
    }),
  ];
  return html`<details>
    <summary>repositories</summary>
    ${groups}
  </details>`;
}

function list(items: readonly Html[]): Html {
  return html`<ul>
    ${items}
  </ul>`;
}

function unusableSection(principals: readonly PrincipalUse[]): Html {
  const items = principals.flatMap(({ principal, unusable }) =>
    unusable.map(
      ({ capability, missing, reason }) =>
        html`<li>
          <code>${principal.arn}</code>: ${capability} without
          ${reason === 'noToken' ? 'ecr:GetAuthorizationToken' : missing.join(', ')}
        </li>`,
    ),
  );
  return items.length === 0
    ? html``
    : html`<h2>Granted and of no use</h2>
        ${list(items)}`;
}
