import { count, type OverPermissionReport, members, type PrincipalUse, type RightUse } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';
import { type Html, html } from './escape-html.ts';
import { FINDING_WORDS, inWords, isoTime, reasonInWords, summaryOf } from './summary.ts';

const CAPABILITIES = ['push', 'administer', 'delete', 'pull'] as const;

// A page with more lines than this is no page to read: the rest is in the CSV.
const PRINCIPALS_MAX = 500;
const REPOSITORIES_MAX = 40;

const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, sans-serif; color: #1a2330; background: #fff; margin: 2rem auto; max-width: 82rem; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
p { margin: .3rem 0; max-width: 60rem; } .quiet { color: #56616f; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.2rem 0; padding: 0; list-style: none; }
.figures li { border: 1px solid #d5dbe3; border-radius: 6px; padding: .7rem 1rem; min-width: 10rem; }
.figures b { display: block; font-size: 1.5rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { text-align: left; font-size: .8rem; color: #56616f; border-bottom: 2px solid #c3ccd7; padding: .4rem .5rem; }
td { vertical-align: top; border-bottom: 1px solid #e3e8ee; padding: .45rem .5rem; overflow-wrap: anywhere; }
td:first-child, th:first-child { width: 36%; } td.finding, th.finding { width: 17%; }
code { font: .86em/1.4 ui-monospace, monospace; }
.tag { display: inline-block; border-radius: 3px; padding: 0 .4em; margin: 0 .25em .2em 0; font-size: .82rem; background: #eef1f5; }
.tag.hot { background: #fbe3e0; color: #8a1c10; }
.unused { color: #8a1c10; font-weight: 600; } .used { color: #17663a; } .unknown { color: #56616f; }
details { margin-top: .3rem; } summary { cursor: pointer; color: #2b5c9e; font-size: .85rem; }
details ul { margin: .3rem 0 .3rem 1rem; padding: 0; font-size: .85rem; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 10px; } h2 { break-after: avoid; }
  tr { break-inside: avoid; } thead { display: table-header-group; } summary { display: none; }
  .tag, .figures li { border: 1px solid #999; background: none; }
}`;

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
          ${{ markup: style }}
        </style>
      </head>
      <body>
        <h1>Granted and not used</h1>
        <p class="quiet">
          Amazon ECR, ${isoTime(period.fromMs)} to ${isoTime(period.asOfMs)}. Unused is only what would have shown in a
          window that was wholly seen; everything else is not known.
        </p>
        <ul class="figures">
          <li><b>${principals.length}</b> principals with rights</li>
          <li>
            <b>${principals.filter(({ unusedOnProduction }) => unusedOnProduction > 0).length}</b> with unused push,
            administration or delete on production
          </li>
          <li><b>${withFinding(principals, 'neverUses')}</b> that use nothing</li>
          <li><b>${withFinding(principals, 'neverAdministers')}</b> administrators that never administer</li>
          <li><b>${withFinding(principals, 'outsideNeverUses')}</b> outsiders that use nothing</li>
        </ul>
        <h2>By what matters</h2>
        <table>
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
        ${unusableSection(principals)}
        ${
          gone.length === 0
            ? ''
            : html`<h2>Used something, and not there any more</h2>
                <ul>
                  ${gone.map(
                    ({ arn, key, lastUsedMs, replacedBy }) =>
                      html`<li>
                        <code>${arn ?? key}</code>, last on
                        ${isoTime(lastUsedMs)}${replacedBy === null ? '' : '; another one has that name now'}
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
        >${lastUsedMs === null ? 'no use was seen' : `last use ${isoTime(lastUsedMs)}`}</span
      >
    </td>
    <td class="finding">${[...production, ...tags]}</td>
    ${CAPABILITIES.map((right) =>
      cell(
        capabilities.find((each) => each.right === right),
        report,
      ),
    )}
  </tr> `;
}

function cell(use: RightUse | undefined, report: OverPermissionReport): Html {
  if (use === undefined) {
    return html`<td class="unknown">–</td>`;
  }
  const summary = summaryOf(use);
  const kind = summary.unused > 0 ? 'unused' : summary.notKnown > 0 ? 'unknown' : 'used';
  const window =
    summary.window === null
      ? ''
      : html`<br /><span class="quiet"
            >${summary.window.from.slice(0, 10)} to ${summary.window.until.slice(0, 10)},
            ${summary.confidence ?? ''}</span
          >`;
  return html`<td><span class="${kind}">${inWords(summary)}</span>${window}${repositoriesOf(use, report)}</td>`;
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
            ${list(used.map(({ index, lastMs }) => html`<li>${named(index)}, ${isoTime(lastMs)}</li>`))}`,
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
