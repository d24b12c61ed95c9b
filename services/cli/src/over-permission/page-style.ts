/*
 * How the page looks. On a narrow screen every row of a table becomes a card, since six columns of ARNs leave a letter to each; on
 * paper sizes follow the one of the root, and what folds stays folded.
 */
export const pageStyle = `
:root { color-scheme: light; font-size: 15px; }
* { box-sizing: border-box; }
body { font: 1rem/1.45 system-ui, sans-serif; color: #1a2330; background: #fff; margin: 2rem auto; max-width: 88rem; padding: 0 1.6rem; }
h1 { font-size: 1.7rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2.3rem 0 .6rem; }
p { margin: .3rem 0; max-width: 64rem; } td p { margin: 0 0 .2rem; } .quiet { color: #56616f; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .8rem; margin: 1.2rem 0; padding: 0; list-style: none; }
.figures li { border: 1px solid #d5dbe3; border-radius: 6px; padding: .7rem 1rem; }
.figures b { display: block; font-size: 1.5rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th { text-align: left; font-size: .85rem; color: #56616f; border-bottom: 2px solid #c3ccd7; padding: .4rem .5rem; }
td { vertical-align: top; border-bottom: 1px solid #e3e8ee; padding: .45rem .5rem; overflow-wrap: anywhere; }
.uses td:first-child, .uses th:first-child { width: 34%; } .uses td.finding, .uses th.finding { width: 15%; }
code { font: .87em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
li { overflow-wrap: anywhere; }
.tag { display: inline-block; border-radius: 3px; padding: 0 .4em; margin: 0 .25em .2em 0; font-size: .87rem; background: #eef1f5; }
.tag.hot { background: #fbe3e0; color: #8a1c10; }
.unused { color: #8a1c10; font-weight: 600; } .used { color: #17663a; } .unknown { color: #56616f; }
details { margin-top: .3rem; } summary { cursor: pointer; color: #2b5c9e; font-size: .9rem; }
details ul { margin: .3rem 0 .3rem 1rem; padding: 0; font-size: .9rem; }
@media screen and (max-width: 760px) {
  body { margin: 1rem auto; padding: 0 1rem; }
  .figures { grid-template-columns: repeat(2, 1fr); }
  table, tbody, tr, td { display: block; } thead { display: none; }
  .uses td:first-child, .uses td.finding { width: auto; }
  tr { border: 1px solid #d5dbe3; border-radius: 6px; margin: 0 0 .8rem; padding: .4rem .6rem; }
  td { border: 0; padding: .2rem 0; }
  td[data-label]::before { content: attr(data-label) ": "; color: #56616f; font-size: .87rem; }
  td.none { display: none; }
  ul { padding-left: 1.2rem; }
}
@media print {
  :root { font-size: 9px; }
  body { margin: 0; max-width: none; padding: 0; } h2 { break-after: avoid; }
  tr, .figures li { break-inside: avoid; } thead { display: table-header-group; } summary { display: none; }
  .tag { border: 1px solid #999; background: none; } .unused { color: #000; }
}`;
