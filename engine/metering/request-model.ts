/** ARNs of which CloudWatch shows the last part as the `ModelId` of `AWS/Bedrock`. Of all others it shows the whole ARN. */
const SHOWN_BY_ID = /^arn:[^:]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile|application-inference-profile)\/(.+)$/;

/** The model as it was called, under the id that CloudWatch shows for it, so that metrics of both can be read together. */
export const requestModel = (modelId: string): string => SHOWN_BY_ID.exec(modelId)?.[1] ?? modelId;
