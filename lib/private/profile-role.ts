import { Aws, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What the role of a member is called, before its Region. */
const PROFILE_ROLE_NAME = 'bedrock-profile-reader';

/** A role has 64 characters at most, of which the Region needs some. Source: IAM User Guide, "IAM and AWS STS quotas". */
export function requireProfileRoleName(name: string | undefined): void {
  if (name !== undefined && !Token.isUnresolved(name) && !/^[\w+=,.@-]{1,48}$/.test(name)) {
    throw new Error(`'profileRoleName' must be 1 to 48 letters, digits or +=,.@_- without a path, got '${name}'`);
  }
}

/** Lets the meter of another account ask for the models behind the profiles of this account and Region, and for nothing else. */
export function newProfileRole(scope: Construct, readerAccount: string, name = PROFILE_ROLE_NAME): void {
  const profiles = `arn:${Aws.PARTITION}:bedrock:${Aws.REGION}:${Aws.ACCOUNT_ID}:application-inference-profile/*`;
  const statement = new iam.PolicyStatement({ actions: ['bedrock:GetInferenceProfile'], resources: [profiles] });
  new iam.Role(scope, 'ProfileRole', {
    roleName: `${name}-${Aws.REGION}`,
    description: 'Lets the central account ask for the models behind application inference profiles',
    assumedBy: new iam.AccountPrincipal(readerAccount),
    inlinePolicies: { Profiles: new iam.PolicyDocument({ statements: [statement] }) },
  });
}

/** Lets a function assume the role of every member. */
export function allowProfileRoles(grantee: iam.IGrantable, name: string): void {
  const resources = [`arn:${Aws.PARTITION}:iam::*:role/${name}-*`];
  grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources }));
}
