import type { Remark, RenderedDashboard } from './dashboard';
import { Markup, markup } from './markup';
import { STYLE } from './page-style';

/** Nothing but the styles of the page itself: no script, and nothing from the network. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** One page that needs nothing but itself: every dashboard, what is wrong with it, and what cannot be shown here. */
export function pageOf(dashboards: readonly RenderedDashboard[], about: string): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<title>Dashboards: preview</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>Dashboards, before they are deployed</h1>
<p>${about}</p>
<nav>${dashboards.map(({ name }, index) => markup`<a href="#d${index}">${name}</a>`)}</nav>
${remarkList(
  'What is wrong',
  dashboards.flatMap(({ problems }) => problems),
  'problems',
)}
${remarkList(
  'What cannot be shown here',
  dashboards.flatMap(({ notes }) => notes),
  'notes',
)}
</header>
${dashboards.map(({ name, content }, index) => markup`<section id="d${index}"><h2>${name}</h2>${content}</section>\n`)}
</body>
</html>
`;
  return page.toString();
}

/** A list that is open where something is wrong. */
function remarkList(title: string, remarks: readonly Remark[], kind: 'problems' | 'notes'): Markup | undefined {
  if (remarks.length === 0) {
    return undefined;
  }
  const items = remarks.map(({ dashboard, widget, text }) => markup`<li>${dashboard}, ${widget}: ${text}</li>`);
  const open = kind === 'problems' ? markup` open` : undefined;
  return markup`<details class="${kind}"${open}><summary>${title} (${remarks.length})</summary><ul>${items}</ul></details>`;
}
