import { printableLines } from '../terminal';
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
<title>${dashboards.map(({ title }) => title).join(', ')}: preview</title>
<style>${new Markup(STYLE)}${new Markup(tabStyle(dashboards.length))}</style>
</head>
<body>
<header>
<h1>Dashboards, before they are deployed</h1>
<p>${about}</p>
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
<main>
${dashboards.map(({ title }, index) => markup`<input type="radio" name="tab" id="t${index}"${index === 0 ? markup` checked` : undefined}><label for="t${index}">${title}</label>\n`)}
${dashboards.map(({ name, title, content }) => markup`<section><h2>${title}${title === name ? undefined : markup` <small>${name}</small>`}</h2>${content}</section>\n`)}
</main>
</body>
</html>
`;
  // Text of records and templates is in charts, too: a browser would obey characters of direction, and SVG has no place for others.
  return printableLines(page.toString());
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

/** Shows the dashboard of the tab that is chosen. Without a script, each tab needs a rule of its own. */
function tabStyle(count: number): string {
  const selectors = Array.from({ length: count }, (_, index) => `#t${index}:checked ~ section:nth-of-type(${index + 1})`);
  return `${selectors.join(',\n')} { display: block; }\n`;
}
