/** Straight to the stream: console.log would put a prefix, or a second JSON, around lines that CloudWatch and readers look for. */
export function writeText(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
}
