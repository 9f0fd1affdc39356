/** The text of an S3 object, read with the user's credentials. The client is loaded when it is needed. */
export async function textOfS3Object(url: string): Promise<string> {
  const { textOfObject } = await import('./s3-objects.lazy.js');
  return textOfObject(url);
}
