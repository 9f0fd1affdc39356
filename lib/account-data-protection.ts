import { CfnResource, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DataProtection } from './data-protection';
import { isSameEnvironment, requireFindingsHere } from './private/handed-in';
import { identifiersOfCallers } from './private/logging/masked-callers';
import { policyDocument } from './private/logging/policy-document';
import { requireUsable } from './private/usable';
import { addInfo, addWarning } from './private/warning';

/**
 * Properties for defining an AccountDataProtection.
 */
export interface AccountDataProtectionProps {
  /**
   * What is masked in all log groups, and where findings are sent.
   *
   * @default DataProtection.RECOMMENDED
   */
  readonly dataProtection?: DataProtection;

  /**
   * The name of the policy. Give that of a policy that exists already to take it over with `cdk import`.
   *
   * @default 'bedrock-observability'
   */
  readonly policyName?: string;
}

/** Marks an AccountDataProtection, also one of another copy of this library, for which `instanceof` would not hold. */
const ACCOUNT_DATA_PROTECTION: unique symbol = Symbol.for('cdk-bedrock-observability.AccountDataProtection');

/**
 * Masks sensitive data in **all** log groups of this account and Region, those of your applications included, whether or not
 * they have a policy of their own.
 *
 * An account has one such policy in each Region. A deployment fails, and changes nothing, if there is another one.
 */
export class AccountDataProtection extends Construct {
  /**
   * The data that is masked.
   */
  public readonly identifiers: logs.DataIdentifier[];

  /**
   * The name of the policy.
   */
  public readonly policyName: string;

  constructor(scope: Construct, id: string, props: AccountDataProtectionProps = {}) {
    super(scope, id);

    const { dataProtection = DataProtection.RECOMMENDED, policyName = 'bedrock-observability' } = props;
    this.requireOnlyOne();
    this.check(dataProtection, policyName);
    requireUsable(props);
    this.identifiers = dataProtection.identifiers;

    const policy = new logs.CfnAccountPolicy(this, 'Resource', {
      policyName,
      policyType: 'DATA_PROTECTION_POLICY',
      policyDocument: policyDocument(this, dataProtection, {
        Name: 'account-data-protection',
        Description: 'Masks sensitive data in all log groups',
      }),
      scope: 'ALL',
    });
    // To CloudFormation a renamed construct is then the same policy. With another logical id, it would make the new one while the
    // old one is still there, which an account does not take.
    (policy as CfnResource).overrideLogicalId('BedrockAccountDataProtectionPolicy');
    this.policyName = policyName;
  }

  private requireOnlyOne(): void {
    const other = this.node.root.node.findAll().find((each) => ACCOUNT_DATA_PROTECTION in each && isSameEnvironment(each, this));
    if (other) {
      throw new Error(
        `an account has one data protection policy in each Region, and '${other.node.path}' makes it already: ` +
          `add the identifiers to that one`,
      );
    }
    Object.defineProperty(this, ACCOUNT_DATA_PROTECTION, { value: true });
  }

  private check(dataProtection: DataProtection, policyName: string): void {
    if (dataProtection.identifiers.length === 0) {
      throw new Error("'dataProtection' must mask something, got DataProtection.NONE: leave this construct out to mask nothing");
    }
    // Source: CloudFormation resource schema of AWS::Logs::AccountPolicy.
    if (!Token.isUnresolved(policyName) && !/^[^:*]{1,256}$/.test(policyName)) {
      throw new Error(`'policyName' must have 1 to 256 characters and neither : nor *, got '${policyName}'`);
    }
    requireFindingsHere(this, dataProtection);

    addInfo(
      this,
      'AccountDataProtection.allLogGroups',
      `masks ${dataProtection.identifiers.length} kinds of data in all log groups of the account and Region, and CloudWatch Logs bills the scan of all of them`,
    );
    const names = identifiersOfCallers(dataProtection.identifiers);
    if (names.length > 0) {
      addWarning(
        this,
        'AccountDataProtection.maskedCallers',
        `${names.join(', ')} can mask callers too, in invocation records, in the ledger and in the logs of CloudTrail, so that cost is allocated to a masked name`,
      );
    }
  }
}
