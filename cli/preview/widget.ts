import { alarmContent } from './alarm-content';
import type { Widget } from './dashboard-body';
import { logContent } from './log-content';
import { markup } from './markup';
import type { Measurement } from './measurement';
import { metricContent } from './metric-content';
import { GRID, WIDGET } from './page-style';
import { textContent } from './text-content';
import type { Room, WidgetContent, WidgetContext } from './widget-content';

type RenderContent = (widget: Widget, context: WidgetContext) => WidgetContent;

const TYPES: Readonly<Record<string, RenderContent>> = { text: textContent, metric: metricContent, log: logContent, alarm: alarmContent };

/** Renders a widget in its place in the grid. Its problems and its notes are also written on it. */
export function renderWidget(widget: Widget, start: string, measurement: Measurement): Required<WidgetContent> {
  const { type, x, y, width, height, properties } = widget;
  const { content, problems = [], notes = [] } = contentOf(widget, { start, measurement, room: roomOf(widget) });
  const place = `grid-area: ${Number(y) + 1} / ${Number(x) + 1} / span ${Number(height)} / span ${Number(width)}`;
  return {
    content: markup`<article class="widget ${type}" style="${place}">
${properties.title === undefined ? undefined : markup`<h3>${properties.title}</h3>`}
<div class="content">${content}</div>
${notes.map((note) => markup`<p class="note">${note}</p>`)}${problems.map((problem) => markup`<p class="problem">${problem}</p>`)}
</article>`,
    problems,
    notes,
  };
}

function contentOf(widget: Widget, context: WidgetContext): WidgetContent {
  if (!Object.hasOwn(TYPES, widget.type)) {
    return { notes: [`a widget of type '${widget.type}' is not drawn`] };
  }
  try {
    return TYPES[widget.type]!(widget, context);
  } catch (error) {
    return { problems: [(error as Error).message] };
  }
}

function roomOf({ width, height, properties }: Widget): Room {
  const inner = (count: number, size: number) => count * (size + GRID.gap) - GRID.gap;
  return {
    width: inner(width, GRID.columnWidth) - 2,
    height: inner(height, GRID.rowHeight) - 2 - (properties.title === undefined ? 0 : WIDGET.title),
  };
}
