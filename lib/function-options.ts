import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';

/**
 * How the functions of a construct run.
 *
 * In a VPC they need a way to the services that docs/security.md lists by function, through a NAT gateway or VPC endpoints.
 */
export interface FunctionOptions {
  /**
   * The VPC in which the functions run.
   *
   * @default - they run outside of any VPC of the account
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC in which the functions run.
   *
   * @default - the private subnets with a way out, if the VPC has such
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the functions.
   *
   * @default - a new security group for each function, which allows all outbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * How many instances of each function are reserved, and run at most.
   *
   * @default - the functions share the unreserved concurrency of the account
   */
  readonly reservedConcurrentExecutions?: number;

  /**
   * The key that encrypts the log groups of the functions. The log group with the ledger has its own, in `Ledger.perCall`.
   *
   * @default - they are encrypted with a key that CloudWatch Logs owns
   */
  readonly logEncryptionKey?: kms.IKeyRef;
}
