import { colorVariables } from './theme';

/** Pixels of a row of CloudWatch's grid, and of the gap between widgets. Rows are almost as high as columns are wide. */
export const GRID = { columns: 24, columnWidth: 54, rowHeight: 40, gap: 6 };
/** Pixels between the border of a widget and its content, and of its title. */
export const WIDGET = { padding: 14, title: 34 };

export const FONT = "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

const WIDTH = GRID.columns * GRID.columnWidth + (GRID.columns - 1) * GRID.gap;
const MARGIN = 16;

export const STYLE = `
:root { color-scheme: light dark; ${colorVariables('light')} }
@media (prefers-color-scheme: dark) { :root { ${colorVariables('dark')} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 ${FONT}; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
header, section { max-width: ${WIDTH + 2 * MARGIN}px; margin: 0 auto; }
header, section > h2 { padding: 20px ${MARGIN}px 0; }
h1 { font-size: 20px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 0; }
header p { margin: 0 0 8px; color: var(--quiet); }
main { max-width: ${WIDTH + 2 * MARGIN}px; margin: 0 auto; }
input[name=tab] { position: absolute; opacity: 0; }
label { display: inline-block; margin: 0 0 0 ${MARGIN}px; padding: 7px 2px 5px; border-bottom: 3px solid transparent; cursor: pointer; font-weight: 600; color: var(--quiet); }
input:checked + label { border-color: var(--accent); color: var(--text); }
input:focus-visible + label { outline: 2px solid var(--accent); }
section { display: none; }
h2 small { font-weight: 400; color: var(--quiet); overflow-wrap: anywhere; }
@media print { section { display: block; } }
summary { cursor: pointer; }
.problems { color: var(--problemText); }

.dashboard { display: grid; grid-template-columns: repeat(${GRID.columns}, minmax(0, 1fr)); grid-auto-rows: ${GRID.rowHeight}px; gap: ${GRID.gap}px; padding: ${MARGIN}px; }
.widget { display: flex; flex-direction: column; min-width: 0; overflow: hidden; border: 1px solid var(--border); border-radius: 8px; background: var(--card); font-size: 12px; line-height: 1.4; font-variant-numeric: tabular-nums; }
.widget h3 { flex: none; margin: 0; padding: 9px ${WIDGET.padding}px 5px; font-size: 13px; line-height: 20px; font-weight: 600; }
.widget h3, .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.content { flex: 1; min-height: 0; min-width: 0; display: flex; flex-direction: column; }
.note, .problem { flex: none; margin: 0 ${WIDGET.padding}px 6px; font-size: 11px; }
.note, .empty { color: var(--quiet); }
.problem { padding: 3px 8px; border-radius: 4px; background: var(--problem); color: var(--problemText); font-weight: 600; overflow-wrap: anywhere; }
.empty { margin: auto; }

.chart { flex: 1; min-height: 0; min-width: 0; }
.chart svg { display: block; width: 100%; height: 100%; }
.with-legend { flex: 1; min-height: 0; display: flex; }
.with-legend.bottom { flex-direction: column; }
.legend { flex: none; display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 0; padding: 4px ${WIDGET.padding}px 8px; list-style: none; font-size: 11px; }
.legend li { display: flex; align-items: center; gap: 6px; min-width: 0; max-width: 100%; }
.right > .legend { flex-direction: column; flex-wrap: nowrap; width: 190px; padding-left: 10px; overflow: auto; }
.swatch { flex: none; display: inline-block; width: 10px; height: 10px; border-radius: 3px; }

.shares { flex: 1; min-height: 0; display: flex; align-items: center; padding: 0 ${WIDGET.padding}px 8px; }
.shares .chart { flex: 0 0 42%; height: 100%; }
.shares table { flex: 1; min-width: 0; table-layout: auto; }
.shares td { border: 0; padding: 2px 5px; }
.shares td:nth-child(2) { width: 100%; max-width: 0; }

.bars { flex: 1; min-height: 0; display: grid; grid-template-columns: fit-content(45%) 1fr; align-content: space-around; gap: 2px 10px; padding: 2px ${WIDGET.padding}px 10px; overflow: hidden; font-size: 11px; line-height: 1.35; }
.bars .cut { text-align: right; }
.bars .bar { display: flex; align-items: center; gap: 8px; padding-right: 64px; }
.bars i { flex: none; height: 14px; border-radius: 2px; min-width: 1px; }

.numbers { flex: none; display: flex; gap: 14px; padding: 0 ${WIDGET.padding}px; }
.numbers div { flex: 1; min-width: 0; }
.numbers b, .numbers span { display: block; }
.numbers b { font-size: 20px; line-height: 38px; font-weight: 600; }
.numbers div:first-child b { font-size: 28px; letter-spacing: -0.01em; }
.numbers span { font-size: 11px; color: var(--quiet); }
.numbers .swatch { margin-right: 5px; }
.gauge { flex: 1; min-height: 0; display: grid; grid-template-columns: auto 1fr; align-content: center; align-items: baseline; gap: 2px 12px; padding: 0 ${WIDGET.padding}px 12px; }
.gauge b { font-size: 34px; line-height: 42px; font-weight: 600; letter-spacing: -0.01em; }
.gauge .band { font-size: 14px; font-weight: 600; }
.gauge .scale, .gauge .ends { grid-column: 1 / -1; }
.gauge .scale { position: relative; height: 14px; border-radius: 7px; background: var(--grid); overflow: hidden; }
.gauge .scale i { position: absolute; top: 0; bottom: 0; left: 0; }
.gauge .scale .mark { width: 2px; }
.gauge .ends { display: flex; justify-content: space-between; font-size: 11px; color: var(--quiet); }
.sparkline { flex: 1; min-height: 0; margin: 2px ${WIDGET.padding}px 10px; }

.rows { flex: 1; min-height: 0; overflow: auto; margin: 0 ${WIDGET.padding}px 10px; }
table { width: 100%; border-collapse: collapse; font-size: 11px; }
th, td { padding: 3px 16px 3px 0; text-align: left; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 300px; }
th:last-child, td:last-child { padding-right: 0; }
th { position: sticky; top: 0; background: var(--card); color: var(--quiet); font-weight: 600; box-shadow: inset 0 -1px var(--grid); }
td { border-bottom: 1px solid var(--grid); }
.number { text-align: right; }

.alarms { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 6px; margin: 0; padding: 2px ${WIDGET.padding}px 8px; list-style: none; overflow: auto; font-size: 11px; }
.alarms li { padding: 5px 9px; border: 1px solid var(--border); border-radius: 5px; overflow-wrap: anywhere; }

.markdown { flex: 1; overflow: auto; padding: 12px 16px; font-size: 12.5px; color: var(--quiet); }
.markdown h1, .markdown h2, .markdown h3, .markdown h4, .markdown strong { color: var(--text); }
.markdown h1, .markdown h2, .markdown h3, .markdown h4 { margin: 0 0 6px; padding: 0; line-height: 1.3; font-weight: 600; }
.markdown h1 { font-size: 22px; }
.markdown h2 { font-size: 19px; }
.markdown h3 { font-size: 16px; }
.markdown h4 { font-size: 14px; }
code { font-size: 0.92em; }
.markdown p, .markdown ul, .markdown ol { margin: 0 0 4px; }

@media (max-width: 900px) {
  .dashboard { display: flex; flex-direction: column; }
  .widget { flex: none; min-height: 0; }
  .widget.metric .content, .shares { min-height: 90px; }
  /* In its own size, to be moved sideways: a graph that shrinks with the screen cannot be read. */
  .chart { overflow-x: auto; background: linear-gradient(to right, transparent, var(--card) 60%) right / 48px 100% no-repeat local, linear-gradient(to right, transparent, var(--border)) right / 16px 100% no-repeat scroll; }
  .with-legend .chart svg, .content > .chart svg { width: auto; max-width: none; height: var(--height); }
  .with-legend.right { flex-direction: column; }
  .right > .legend { flex-flow: row wrap; width: auto; padding-left: ${WIDGET.padding}px; max-height: 110px; }
  .shares { flex-direction: column; align-items: stretch; }
  .shares .chart { flex: none; height: 150px; }
  .shares .chart svg { width: 100%; height: 150px; }
  .rows { max-height: 340px; }
  .numbers { flex-wrap: wrap; }
  .sparkline { display: none; }
}
`;
