/** The account of an ARN can be masked by a data protection policy. */
const SESSION_OF_ROLE = /^(arn:[^:]+:sts::[^:]*:assumed-role\/[^/]+)\/[^]*$/;

/**
 * The role behind a caller: the ARN of an assumed role without the name of its session, which differs from task to task and
 * can be the e-mail address of a person. Users and other principals are returned as they are.
 */
export const roleOf = (caller: string): string => caller.replace(SESSION_OF_ROLE, '$1');
