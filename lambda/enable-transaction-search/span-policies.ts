import {
  CloudWatchLogsClient,
  DeleteResourcePolicyCommand,
  DescribeResourcePoliciesCommand,
  PutResourcePolicyCommand,
  type ResourcePolicy,
} from '@aws-sdk/client-cloudwatch-logs';
import type { RetryPolicy } from '../shared/retry';
import { ask } from '../shared/ask';
import { NotYet } from './not-yet';
import { allows, type Caller, hasStatement, type Need, withoutStatements, withStatements } from './policy-document';
import { noRoom } from './refusals';

const client = new CloudWatchLogsClient({});

/** For all stacks of the account and Region, because there is room for few policies. */
const OWN_POLICY = 'cdk-bedrock-observability-transaction-search';

/** "PutResourcePolicy" in the API reference of Amazon CloudWatch Logs. */
const MAX_POLICIES = 10;
const MAX_DOCUMENT = 5_120;

/** No attempt can help. The status is one that is not retried. */
class NoRoomError extends Error {
  override readonly name = 'NoRoomError';
  readonly $metadata = { httpStatusCode: 409 };
}

/** The resource policies of CloudWatch Logs that let X-Ray write spans. */
export class SpanPolicies {
  constructor(
    private readonly caller: Caller,
    private readonly retryPolicy: RetryPolicy,
  ) {}

  /**
   * Makes sure that X-Ray may write what it needs to. What policies of others allow is left to them. Read again after each change:
   * two stacks may have changed the policy at once.
   *
   * @param before called with the name of the policy before it is changed
   */
  async allow(needs: readonly Need[], known: string | undefined, before: (policyName: string) => Promise<void>): Promise<void> {
    let isFull = false;
    const attempt = async (abortSignal: AbortSignal) => {
      const policies = await this.all(abortSignal);
      const missing = needs.filter((need) => !policies.some(({ policyDocument = '{}' }) => allows(policyDocument, need, this.caller)));
      if (missing.length === 0) {
        return;
      }
      const { policyName, policyDocument } = this.place(policies, missing, known, isFull);
      await before(policyName);
      try {
        await client.send(new PutResourcePolicyCommand({ policyName, policyDocument }), { abortSignal });
      } catch (error) {
        if ((error as Error).name !== 'LimitExceededException' || isFull) {
          throw error;
        }
        isFull = true;
      }
      throw new NotYet(`the policy "${policyName}" was changed by another stack or person at the same time`);
    };
    try {
      await ask('logs:PutResourcePolicy', attempt, this.retryPolicy);
    } catch (error) {
      const { cause } = error as Error;
      throw cause instanceof NoRoomError ? cause : error;
    }
  }

  /** Removes statements of this library from a policy, and the policy with its last statement. */
  async remove(policyName: string, sids: readonly string[]): Promise<void> {
    const policies = await ask('logs:DescribeResourcePolicies', (abortSignal) => this.all(abortSignal), this.retryPolicy);
    const policyDocument = policies.find((policy) => policy.policyName === policyName)?.policyDocument;
    if (policyDocument === undefined || !hasStatement(policyDocument, sids)) {
      return;
    }
    const left = withoutStatements(policyDocument, sids);
    if (left === undefined) {
      const command = new DeleteResourcePolicyCommand({ policyName });
      await ask('logs:DeleteResourcePolicy', (abortSignal) => client.send(command, { abortSignal }), this.retryPolicy);
      return;
    }
    const command = new PutResourcePolicyCommand({ policyName, policyDocument: left });
    await ask('logs:PutResourcePolicy', (abortSignal) => client.send(command, { abortSignal }), this.retryPolicy);
  }

  /** The policy of this library. Where there is no room for it, the shortest of the others, which then has our statements too. */
  private place(policies: readonly ResourcePolicy[], missing: readonly Need[], known: string | undefined, isFull: boolean) {
    const own = [known, OWN_POLICY].map((name) => policies.find(({ policyName }) => policyName === name)).find(Boolean);
    const candidates = own ? [own] : policies.length < MAX_POLICIES && !isFull ? [{ policyName: OWN_POLICY }] : policies;
    const [best] = candidates
      .map(({ policyName = '', policyDocument }: ResourcePolicy) => ({
        policyName,
        policyDocument: withStatements(policyDocument, missing, this.caller),
      }))
      .filter(({ policyDocument }) => policyDocument.length <= MAX_DOCUMENT)
      .sort((one, other) => one.policyDocument.length - other.policyDocument.length);
    if (best === undefined) {
      throw new NoRoomError(noRoom(candidates.map(({ policyName = '' }) => policyName)));
    }
    return best;
  }

  private async all(abortSignal: AbortSignal): Promise<ResourcePolicy[]> {
    const all: ResourcePolicy[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(new DescribeResourcePoliciesCommand({ nextToken }), { abortSignal });
      all.push(...(page.resourcePolicies ?? []));
      ({ nextToken } = page);
    } while (nextToken);
    return all;
  }
}
