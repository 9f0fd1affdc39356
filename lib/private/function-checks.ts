import { BootstraplessSynthesizer, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { FunctionOptions } from '../function-options';
import { requireSameRegion } from './handed-in';
import { requireUsable } from './usable';

/** Throws for options that no function can have, before the CDK throws for one whose props users of this library do not see. */
export function checkFunction(scope: IConstruct, functions: FunctionOptions, isInline = false): void {
  const { vpc, vpcSubnets, securityGroups, reservedConcurrentExecutions } = functions;
  requireSameRegion(scope, 'functions.vpc', vpc);
  securityGroups?.forEach((group) => requireSameRegion(scope, 'functions.securityGroups', group));
  const [withoutVpc] = Object.entries({ vpcSubnets, securityGroups }).filter(([, value]) => vpc === undefined && value !== undefined);
  if (withoutVpc) {
    throw new Error(`'functions.${withoutVpc[0]}' needs 'functions.vpc', got none: set it to the VPC of these`);
  }
  requireUsable(functions, 'functions.');
  checkSubnets(functions);
  checkConcurrency(reservedConcurrentExecutions);
  const stack = Stack.of(scope);
  if (!isInline && stack.synthesizer instanceof BootstraplessSynthesizer) {
    throw new Error(
      `'synthesizer' of the stack '${stack.node.path}' must take assets, because the code of functions is one, got a BootstraplessSynthesizer: ` +
        'leave it out, or use MemberLogging, whose template holds its code',
    );
  }
}

/** Functions reach nothing from a public subnet, since their network interfaces have no public address. */
function checkSubnets({ vpc, vpcSubnets }: FunctionOptions): void {
  if (!vpc) {
    return;
  }
  const wayOut = "choose private or isolated subnets with 'functions.vpcSubnets', or use a VPC that has some";
  const ids = subnetIdsOf('functions.vpc', vpc, vpcSubnets, wayOut);
  const publicIds = vpc.publicSubnets.map(({ subnetId }) => subnetId);
  if (ids.some((id) => publicIds.includes(id))) {
    throw new Error(`'functions.vpc' must have private subnets for functions, got public ones of '${vpc.node.path}': ${wayOut}`);
  }
}

/** The subnets of a VPC that are asked for. Throws where there are none. */
export function subnetIdsOf(prop: string, vpc: ec2.IVpc, vpcSubnets: ec2.SubnetSelection | undefined, wayOut: string): string[] {
  const fault = (got: string) => `'${prop}' has none of the subnets that are asked for, got ${got}: ${wayOut}`;
  let ids: string[];
  try {
    ids = vpc.selectSubnets(vpcSubnets).subnetIds;
  } catch (error) {
    throw new Error(fault(`'${(error as Error).message}'`), { cause: error });
  }
  if (ids.length === 0) {
    throw new Error(fault('an empty selection'));
  }
  return ids;
}

function checkConcurrency(count: number | undefined): void {
  if (count !== undefined && !Token.isUnresolved(count) && !(Number.isInteger(count) && count >= 1)) {
    throw new Error(
      `'functions.reservedConcurrentExecutions' must be a whole number of at least 1, got ${count}: ` +
        'a function without any concurrency never runs, and what it would have metered is lost',
    );
  }
}
