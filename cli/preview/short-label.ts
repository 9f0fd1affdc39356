/** A label that fits beside a chart. ARNs begin alike, so of an ARN its end is shown: role and session, or type and id. */
export function shortLabel(text: string): string {
  return text.replace(/^arn:[^:]*:sts::\d*:assumed-role\//, '').replace(/^arn:(?:[^:]*:){4}/, '');
}
