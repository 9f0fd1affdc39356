import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnLogGroup, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** What a role may do. */
export interface Permission {
  readonly name: string;
  readonly statements: iam.PolicyStatement[];
  /** Whether a key of the user encrypts what the statements name. */
  readonly isEncrypted?: boolean;
}

/**
 * A role whose policies are a part of it: they are there before what refers to the role, and longer, and no deployment waits for a
 * policy apart. Only what names something that a key encrypts is apart, because the policy of that key may name the role, which
 * would then have to be there before itself.
 */
export function newRoleWith(scope: Construct, id: string, assumedBy: iam.IPrincipal, permissions: Permission[]): iam.Role {
  const within = permissions.filter(({ isEncrypted }) => !isEncrypted);
  const apart = permissions.filter(({ isEncrypted }) => isEncrypted);
  const role = new iam.Role(scope, id, {
    assumedBy,
    inlinePolicies: Object.fromEntries(within.map(({ name, statements }) => [name, new iam.PolicyDocument({ statements })])),
  });
  apart.flatMap(({ statements }) => statements).forEach((statement) => role.addToPrincipalPolicy(statement));
  return role;
}

/** Of a log group that was only named it is not known. */
export function isEncryptedLogGroup({ node }: ILogGroup): boolean {
  return (node.defaultChild as CfnLogGroup | undefined)?.kmsKeyId !== undefined;
}
