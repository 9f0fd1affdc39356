import type { Markup } from './markup';
import type { Measurement } from './measurement';

/** The room for something, in pixels of a page in full width. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** What the content of a widget is made from, beside its own properties. */
export interface WidgetContext {
  /** The time range of the dashboard, for widgets without one of their own. */
  readonly start: string;
  readonly measurement: Measurement;
  readonly room: Room;
}

/** The content of a widget, and what is to be said about it. */
export interface WidgetContent {
  readonly content?: Markup;
  /** What is wrong: a metric that does not exist, an expression that cannot be read. */
  readonly problems?: readonly string[];
  /** What cannot be known here. */
  readonly notes?: readonly string[];
}
