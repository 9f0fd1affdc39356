import { DashboardWidget } from '../../dashboard-widget';

/** The grid of a CloudWatch dashboard has 24 columns. */
export const COLUMNS = 24;

export interface Placed {
  readonly widget: DashboardWidget;
  readonly width: number;
}

/** Widgets of the same width, so many in a row; a row with fewer is filled, too. */
export function shareRow(widgets: DashboardWidget[], perRow: number): Placed[] {
  return chunks(widgets, Math.max(perRow, 1)).flatMap((row) => {
    const leftEdge = (place: number) => Math.floor((place * COLUMNS) / row.length);
    return row.map((widget, place) => ({ widget, width: leftEdge(place + 1) - leftEdge(place) }));
  });
}

/** Widgets from left to right, each as wide as it says. The last one of a row takes what is left of it. */
export function inRows(widgets: DashboardWidget[], usualWidth: number): Placed[] {
  const placed: Placed[] = [];
  let left = COLUMNS;
  widgets.forEach((widget, index) => {
    const width = Math.min(widthOf(widget, usualWidth), COLUMNS);
    const next = widgets[index + 1];
    const rest = left - width;
    const isLast = next === undefined || widthOf(next, usualWidth) > rest;
    placed.push({ widget, width: isLast ? left : width });
    left = isLast ? COLUMNS : rest;
  });
  return placed;
}

function widthOf({ _props: { width } }: DashboardWidget, usualWidth: number): number {
  return width ?? usualWidth;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
