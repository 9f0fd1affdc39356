/** Whether the model must be looked up: the ARN of an application inference profile does not name it. */
export const isApplicationProfile = (modelId: string): boolean => modelId.includes(':application-inference-profile/');

/** The application inference profile of a call, as it was called; undefined where it called something else. */
export const applicationProfileOf = (modelId: string): string | undefined => (isApplicationProfile(modelId) ? modelId : undefined);
