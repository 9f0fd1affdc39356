/** One entry of a legend. */
export interface LegendEntry {
  readonly label: string;
  readonly color: string;
}

/** A part of a total. */
export interface Share {
  readonly label: string;
  readonly value: number;
  /** The colour that the dashboard body asks for. */
  readonly color?: string;
}
