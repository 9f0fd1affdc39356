/** Marks the sources of rows that a refresh took from the AWS Price List. */
const PREFIX = 'read:';

/** The key of one offer file among the catalogue's sources: service, Region and day of publication. */
export function sourceKey(service: string, region: string, published: string): string {
  return `${PREFIX}${service}:${region}:${published}`;
}

/** Whether a source is an offer file that a refresh has read. */
export function isOfferSource(source: string): boolean {
  return source.startsWith(PREFIX);
}
