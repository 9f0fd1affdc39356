/** The log group of a member, which a centralization rule finds by its name. */
export const MEMBER_LOG_GROUP = '/bedrock/invocations';
