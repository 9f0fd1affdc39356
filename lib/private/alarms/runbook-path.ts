/** Where a runbook of this library is found, in words that fit into the description of an alarm. */
export function runbookPath(page: string): string {
  return `docs/runbooks/${page}.md of cdk-bedrock-observability`;
}
