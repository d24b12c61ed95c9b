/** The style of the page: its fonts, colours and widths, in the light and in the dark. Nothing is loaded for it. */
export const style = `
:root{color-scheme:light dark;--text:light-dark(#1c2430,#e4e8ee);--dim:light-dark(#566172,#9aa7b8);--ground:light-dark(#fff,#14181e);
--panel:light-dark(#f4f6f9,#1d232c);--line:light-dark(#d9dfe7,#333c49);--link:light-dark(#0b57b0,#7db7ff);--get:light-dark(#0a6b46,#6fd6a8);
--post:light-dark(#0b57b0,#7db7ff);--delete:light-dark(#a8261c,#ff9d94)}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;color:var(--text);background:var(--ground);font:16px/1.55 system-ui,sans-serif}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem 1rem;z-index:1}
code,pre{font:.875em/1.5 ui-monospace,'Cascadia Mono',Menlo,Consolas,monospace}
code{background:var(--panel);padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.75rem 1rem;overflow:auto;max-height:26rem;margin:.5rem 0}
pre.line{white-space:pre-wrap;overflow-wrap:anywhere}
pre code{background:none;padding:0}
nav{border-right:1px solid var(--line);padding:1.25rem 1rem;overflow-y:auto}
nav ul{list-style:none;margin:0 0 1rem;padding:0}
nav li a{display:flex;gap:.5rem;padding:.15rem .4rem;border-radius:4px;text-decoration:none;font-size:.875rem}
nav li a:hover{background:var(--panel)}
nav h2{font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--dim);margin:0 .4rem .25rem}
main{padding:1.5rem 2rem 6rem;max-width:62rem;min-width:0}
h1{line-height:1.2;margin:.2rem 0 .5rem}
main h2{margin:3rem 0 0;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
article{padding:1.5rem 0;border-bottom:1px solid var(--line)}
h3{margin:0 0 .25rem;font-size:1.1rem}
h3 a{color:inherit;text-decoration:none}
h3 a:hover{text-decoration:underline}
h4{margin:1rem 0 .25rem;font-size:.8rem;text-transform:uppercase;letter-spacing:.05em;color:var(--dim)}
.route{margin:.25rem 0;overflow-wrap:anywhere}
.method{font:700 .75rem/1.6 ui-monospace,Menlo,Consolas,monospace;min-width:3.2rem;text-transform:uppercase}
.get{color:var(--get)}.post{color:var(--post)}.delete{color:var(--delete)}
p{margin:.35rem 0}
.dim{color:var(--dim);font-size:.875rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
th{color:var(--dim);font-weight:600}
td:first-child{white-space:nowrap}
dl{margin:.25rem 0;font-size:.9rem}
dl dl{border-left:2px solid var(--line);padding-left:1rem;margin-left:.25rem}
dt{margin-top:.35rem}
dd{margin:0 0 0 1rem}
summary{cursor:pointer;padding:.15rem 0}
@media(min-width:60rem){body{display:grid;grid-template-columns:18rem minmax(0,1fr)}nav{position:sticky;top:0;height:100vh}}
@media print{nav{display:none}pre{max-height:none}}
`;
