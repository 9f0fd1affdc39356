import type { DrawnDashboard, Remark } from './dashboard-svg';
import { escape, FONT } from './svg';
import { darkened, THEMES } from './theme';

/** One page that needs nothing but itself: every dashboard, what is wrong with it, and what cannot be shown here. */
export function pageOf(dashboards: readonly DrawnDashboard[], about: string): string {
  const { light, dark } = THEMES;
  const names = dashboards.map(({ name }) => name);
  const remarks = (kind: 'problems' | 'notes') => dashboards.flatMap((dashboard) => dashboard[kind]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Dashboards: preview</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.5 ${FONT}; background: ${light.page}; color: ${light.text}; }
header, section { max-width: 1472px; margin: 0 auto; padding: 20px 16px 0; }
nav a { margin-right: 16px; color: ${light.accent}; }
h1 { font-size: 20px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 8px 0; }
svg.dashboard { width: 100%; height: auto; }
.problem { color: ${light.problemText}; }
.dark { display: none; }
@media (prefers-color-scheme: dark) {
  body { background: ${dark.page}; color: ${dark.text}; }
  nav a { color: ${dark.accent}; }
  .problem { color: ${dark.problemText}; }
  .light { display: none; }
  .dark { display: inline; }
}
</style>
</head>
<body>
<header><h1>Dashboards, before they are deployed</h1><p>${escape(about)}</p>
<nav>${names.map((name, index) => `<a href="#d${index}">${escape(name)}</a>`).join('')}</nav>
${list('What is wrong', remarks('problems'), 'problem')}${list('What cannot be shown here', remarks('notes'), 'note')}</header>
${dashboards.map(sectionOf).join('\n')}
</body>
</html>
`;
}

function sectionOf({ name, svg }: DrawnDashboard, index: number): string {
  return `<section id="d${index}"><h2>${escape(name)}</h2>${framed(svg, 'light')}${framed(darkened(svg).replace(/\bzr(\d+-)/g, 'dark$1'), 'dark')}</section>`;
}

function framed(svg: string, theme: string): string {
  return svg.replace('<svg ', `<svg class="dashboard ${theme}" `);
}

function list(title: string, remarks: readonly Remark[], style: string): string {
  if (remarks.length === 0) {
    return '';
  }
  const items = remarks.map(({ dashboard, widget, text }) => `<li>${escape(`${dashboard}, ${widget}: ${text}`)}</li>`);
  return `<details${style === 'problem' ? ' open' : ''}><summary class="${style}">${title} (${remarks.length})</summary><ul class="${style}">${items.join('')}</ul></details>\n`;
}
