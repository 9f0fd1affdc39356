import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ATTEMPT, withDeadline } from '../shared/deadline';

/** What the SDK signs requests with, until it expires. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** The role that members have, and the account in which none is needed. */
export interface MemberRole {
  /** Without the Region, which ends the name of the role in each. */
  readonly name: string;
  readonly ownAccount: string;
}

/** How long a role that could not be assumed is not asked for again: a batch can name many profiles of its account. */
const RETRY_MS = 5 * 60_000;
const DEADLINE_MS = 3500;

/** Assumes the role of a member, which may ask for the profiles there and nothing else. */
export class MemberRoles {
  private readonly client = new STSClient({ requestHandler: ATTEMPT, maxAttempts: 2 });
  private readonly refused = new Map<string, { readonly error: Error; readonly until: number }>();

  constructor(private readonly role: MemberRole) {}

  /** Credentials for a profile; undefined where those of the function are right: in its own account, and where the account is masked. */
  public credentialsFor(profileArn: string): (() => Promise<RoleCredentials>) | undefined {
    const [, partition, region, account] = /^arn:([a-z-]+):bedrock:([a-z0-9-]+):(\d{12}):/.exec(profileArn) ?? [];
    const isMember = account !== undefined && account !== this.role.ownAccount;
    return isMember ? () => this.assume(`arn:${partition}:iam::${account}:role/${this.role.name}-${region}`) : undefined;
  }

  private async assume(roleArn: string): Promise<RoleCredentials> {
    const before = this.refused.get(roleArn);
    if (before && before.until > Date.now()) throw before.error;
    try {
      const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'cdk-bedrock-observability', DurationSeconds: 3600 });
      const { Credentials } = await withDeadline('AssumeRole', DEADLINE_MS, (abortSignal) => this.client.send(command, { abortSignal }));
      return {
        accessKeyId: Credentials!.AccessKeyId!,
        secretAccessKey: Credentials!.SecretAccessKey!,
        sessionToken: Credentials!.SessionToken!,
        expiration: Credentials!.Expiration!,
      };
    } catch (cause) {
      // The name of an error is what the warning about the profile says.
      const name = `${cause instanceof Error ? cause.name : 'unknown error'} of ${roleArn}`;
      const error = Object.assign(new Error(`the role ${roleArn} cannot be assumed`, { cause }), { name });
      this.refused.set(roleArn, { error, until: Date.now() + RETRY_MS });
      throw error;
    }
  }
}
