/** A dashboard body, as CloudWatch documents it in "Dashboard Body Structure and Syntax", as far as it is drawn. */
export interface DashboardBody {
  readonly start?: string;
  readonly widgets?: readonly Widget[];
  readonly variables?: readonly Variable[];
}

export interface Variable {
  readonly type: string;
  readonly id: string;
  readonly pattern?: string;
  readonly property?: string;
  readonly search?: string;
  readonly defaultValue?: string;
}

export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: WidgetProperties;
}

/** The properties of all types of widgets. */
export interface WidgetProperties {
  readonly title?: string;
  readonly view?: string;
  readonly markdown?: string;
  readonly query?: string;
  readonly alarms?: readonly string[];
  readonly metrics?: ReadonlyArray<readonly unknown[]>;
  readonly start?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly setPeriodToTimeRange?: boolean;
  readonly sparkline?: boolean;
  readonly liveData?: boolean;
  readonly stacked?: boolean;
  readonly legend?: { readonly position?: 'right' | 'bottom' | 'hidden' };
  readonly yAxis?: { readonly left?: { readonly min?: number; readonly max?: number } };
  readonly annotations?: { readonly horizontal?: readonly HorizontalLine[] };
}

export interface HorizontalLine {
  readonly value: number;
  readonly label?: string;
  readonly color?: string;
  readonly fill?: 'above' | 'below';
}

const SECONDS: Readonly<Record<string, number>> = { M: 60, H: 3600, D: 86_400, W: 604_800 };

/** The seconds of a relative time such as -P7D or -PT3H. */
export function secondsOf(start: string): number {
  const [, days, time] = /^-P(?:(\d+[DW]))?(?:T(\d+[HM]))?$/.exec(start) ?? [];
  const part = (text = '0M') => Number(text.slice(0, -1)) * SECONDS[text.slice(-1)]!;
  const seconds = part(days) + part(time);
  if (seconds === 0) {
    throw new Error(`the time range '${start}' is not drawn: only ranges up to now, such as -P7D or -PT3H, are`);
  }
  return seconds;
}
