/** The text of an S3 object, read with the user's credentials. The client is loaded when it is needed. */
export async function textOfS3Object(url: string): Promise<string> {
  const { textOfObject } = await import('./s3-objects.lazy.js');
  return textOfObject(url);
}

/** Changes the text of an S3 object, which is undefined where there is none, without losing what others write meanwhile. */
export async function changeS3Object(url: string, change: (text: string | undefined) => string): Promise<void> {
  const { changeObject } = await import('./s3-objects.lazy.js');
  return changeObject(url, change);
}
