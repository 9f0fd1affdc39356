/** The CloudWatch namespace of the metrics that Bedrock publishes for the `bedrock-runtime` endpoint. */
export const BEDROCK_NAMESPACE = 'AWS/Bedrock';
