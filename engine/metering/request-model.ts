/** ARNs whose last part is what CloudWatch shows as the ModelId of `AWS/Bedrock`. Of others the whole ARN is shown. */
const NAMED = /^arn:[^:]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile|application-inference-profile)\/(.+)$/;

/** The model as called, without the parts of an ARN: the id that CloudWatch shows too, so that both can be read together. */
export const requestModel = (modelId: string): string => NAMED.exec(modelId)?.[1] ?? modelId;

/** The ARN of an application inference profile does not tell the model behind it. */
export const isApplicationProfile = (modelId: string): boolean => modelId.includes(':application-inference-profile/');
