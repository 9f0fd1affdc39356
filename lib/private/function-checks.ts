import { BootstraplessSynthesizer, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { FunctionOptions } from '../function-options';
import { requireSameRegion } from './handed-in';

/** Throws for options that no function can have, before the CDK throws for one whose props users of this library do not see. */
export function checkFunction(scope: IConstruct, functions: FunctionOptions, isInline = false): void {
  const { vpc, vpcSubnets, securityGroups, reservedConcurrentExecutions } = functions;
  requireSameRegion(scope, 'functions.vpc', vpc);
  securityGroups?.forEach((group) => requireSameRegion(scope, 'functions.securityGroups', group));
  const [withoutVpc] = Object.entries({ vpcSubnets, securityGroups }).filter(([, value]) => vpc === undefined && value !== undefined);
  if (withoutVpc) {
    throw new Error(`'functions.${withoutVpc[0]}' needs 'functions.vpc', got none: set it to the VPC of these`);
  }
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
  let ids: string[];
  try {
    ids = vpc.selectSubnets(vpcSubnets).subnetIds;
  } catch (error) {
    throw new Error(`'functions.vpc' has none of the subnets that are asked for, got '${(error as Error).message}': ${wayOut}`, {
      cause: error,
    });
  }
  const publicIds = vpc.publicSubnets.map(({ subnetId }) => subnetId);
  if (ids.some((id) => publicIds.includes(id))) {
    throw new Error(`'functions.vpc' must have private subnets for functions, got public ones of '${vpc.node.path}': ${wayOut}`);
  }
}

function checkConcurrency(count: number | undefined): void {
  if (count !== undefined && !Token.isUnresolved(count) && !(Number.isInteger(count) && count >= 1)) {
    throw new Error(
      `'functions.reservedConcurrentExecutions' must be a whole number of at least 1, got ${count}: ` +
        'a function without any concurrency never runs, and what it would have metered is lost',
    );
  }
}
