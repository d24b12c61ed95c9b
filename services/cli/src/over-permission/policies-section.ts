import type { PolicyFindings } from '@ecr-audit/access';
import { counted } from '../report/counted.ts';
import { type Html, html } from './escape-html.ts';
import { IDLE_NOTE, IDLE_TITLE, idleInWords, ONE_SIDED_TITLE, oneSidedInWords, ownersInWords } from './policy-words.ts';

// As with principals: the rest is in the JSON.
const POLICIES_MAX = 200;

/** What policies say in vain, as a part of the page. */
export function policiesSection(policies: PolicyFindings | null): Html {
  if (policies === null) {
    return html``;
  }
  const { idle, oneSided } = policies;
  return html`${
    idle.found.length === 0 && idle.notKnown === 0
      ? ''
      : html`<h2>${IDLE_TITLE}</h2>
          <p class="quiet">${IDLE_NOTE}</p>
          ${idle.found.length === 0 ? '' : idleTable(idle.found)} ${moreThan(idle.found.length)}
          ${idle.notKnown === 0 ? '' : html`<p class="quiet">Of ${counted(idle.notKnown, 'more policy', 'more policies')} it is not known, because something was not read.</p>`}`
  }
  ${
    oneSided.found.length === 0 && oneSided.notKnown.length === 0
      ? ''
      : html`<h2>${ONE_SIDED_TITLE}</h2>
          ${oneSided.found.length === 0 ? '' : oneSidedTable(oneSided.found)} ${moreThan(oneSided.found.length)}
          ${oneSided.notKnown.length === 0 ? '' : html`<p class="quiet">${counted(oneSided.notKnown.length, 'statement is', 'statements are')} about accounts that were not read: whether their side allows is not known.</p>`}`
  }`;
}

function idleTable(found: PolicyFindings['idle']['found']): Html {
  return html`<table class="wide">
    <thead>
      <tr>
        <th>Policy</th>
        <th>Can be taken from</th>
        <th>Why it adds nothing</th>
      </tr>
    </thead>
    <tbody>
      ${found.slice(0, POLICIES_MAX).map(
        (each) =>
          html`<tr>
            <td><code>${each.policy}</code></td>
            <td data-label="Can be taken from">${ownersInWords(each)}</td>
            <td data-label="Why it adds nothing">${idleInWords(each).map((line) => html`<p>${line}</p>`)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function oneSidedTable(found: PolicyFindings['oneSided']['found']): Html {
  return html`<table class="wide">
    <thead>
      <tr>
        <th>Policy</th>
        <th>Statement</th>
        <th>What is missing</th>
      </tr>
    </thead>
    <tbody>
      ${found.slice(0, POLICIES_MAX).map(
        (each) =>
          html`<tr>
            <td><code>${each.policy}</code></td>
            <td data-label="Statement">${each.statement}</td>
            <td data-label="What is missing">${oneSidedInWords(each)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function moreThan(count: number): Html {
  return count > POLICIES_MAX ? html`<p class="quiet">${count - POLICIES_MAX} more are in the JSON.</p>` : html``;
}
