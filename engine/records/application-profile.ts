/** What GetInferenceProfile takes, with an account that may be masked. Source: its page in the Bedrock API reference. */
const APPLICATION_PROFILE = /^arn:aws[a-z-]*:bedrock:[0-9a-z-]{0,20}:[^:/]{0,64}:application-inference-profile\/[\w:.-]{1,256}$/;

/** Whether the model must be looked up: the ARN of an application inference profile does not name it. */
export const isApplicationProfile = (modelId: string): boolean =>
  modelId.includes(':application-inference-profile/') && APPLICATION_PROFILE.test(modelId);

/** The application inference profile of a call, as it was called; undefined where it called something else. */
export const applicationProfileOf = (modelId: string): string | undefined => (isApplicationProfile(modelId) ? modelId : undefined);
