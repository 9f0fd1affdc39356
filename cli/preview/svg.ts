export const FONT = "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

/** The place of a widget in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextStyle {
  readonly size: number;
  readonly color: string;
  readonly weight?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

export function text(content: string, x: number, y: number, { size, color, weight = 400, anchor = 'start' }: TextStyle): string {
  const bold = weight === 400 ? '' : ` font-weight="${weight}"`;
  const place = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${color}"${bold}${place}>${escape(content)}</text>`;
}

/** Without a browser there is no measuring: an average width is near enough to keep texts apart. */
export const widthOf = (content: string, size: number): number => content.length * size * 0.56;

export function ellipsize(content: string, size: number, width: number): string {
  const fits = Math.floor(width / (size * 0.56));
  if (content.length <= fits) {
    return content;
  }
  // ARNs begin alike; what tells them apart is at their end.
  return content.startsWith('arn:') ? ellipsizeStart(content, size, width) : `${content.slice(0, Math.max(1, fits - 1))}…`;
}

export function ellipsizeStart(content: string, size: number, width: number): string {
  const fits = Math.floor(width / (size * 0.56));
  return content.length <= fits ? content : `…${content.slice(1 - Math.max(2, fits))}`;
}

export const round = (value: number): number => Math.round(value * 10) / 10;

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** As short as a reader wants it: 12.3K, 1,234, 0.0123. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  return (size >= 10_000 ? compact : size >= 1 || size === 0 ? plain : small).format(value);
}
