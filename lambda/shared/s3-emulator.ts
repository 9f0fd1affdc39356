/**
 * Whether S3 is a local emulator, at an endpoint that the SDK itself reads from these variables. Emulators serve buckets
 * under paths, because they have no host name for each bucket.
 */
export function usesEmulator(): boolean {
  return Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
}
