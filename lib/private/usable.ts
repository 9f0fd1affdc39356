import { CfnResource, RemovalPolicy, Token } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { requireReadable } from './handed-in';

/**
 * Throws for values that no prop takes, whatever it is for, so that each prop refuses them alike: numbers that are none, texts
 * that are empty, retentions that CloudWatch Logs does not have, keys that encrypt nothing, log groups that keep nothing. What is
 * right for one prop only is checked where it is used.
 */
export function requireUsable(props: object, prefix = ''): void {
  Object.entries(props).forEach(([name, given]) => {
    const prop = `${prefix}${name}`;
    requireText(`${prefix}key`, name);
    const values: readonly unknown[] = Array.isArray(given) && !Token.isUnresolved(given) ? given : [given];
    values.filter((value) => !Token.isUnresolved(value)).forEach((value) => requireUsableValue(prop, value));
  });
}

function requireUsableValue(prop: string, value: unknown): void {
  if (typeof value === 'number') {
    requireNumber(prop, value);
  } else if (typeof value === 'string') {
    requireText(prop, value);
  } else if (Construct.isConstruct(value)) {
    requireSymmetric(prop, value);
    requireReadable(prop, value);
  } else if (isPlain(value)) {
    requireUsable(value, `${prop}.`);
  }
}

const RETENTION = /\b(retention|logRetention)$/;

function requireNumber(prop: string, value: number): void {
  if (RETENTION.test(prop) && logs.RetentionDays[value] === undefined) {
    throw new Error(`'${prop}' must be one of RetentionDays, got ${value}: CloudWatch Logs has no retention of that many days`);
  }
  if (!Number.isFinite(value)) {
    throw new Error(`'${prop}' must be a number, got ${value}: leave it out for its default`);
  }
}

function requireText(prop: string, value: string): void {
  if (value.trim() === '') {
    throw new Error(`'${prop}' must not be empty, got '${value}': leave it out, or give it a value`);
  }
  if (prop.endsWith('removalPolicy') && value === (RemovalPolicy.SNAPSHOT as string)) {
    throw new Error(`'${prop}' must be a policy that log groups and buckets have, got '${value}': use RemovalPolicy.RETAIN or DESTROY`);
  }
}

/** Options within options, and maps. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

// As texts, because every app comes by here, and most have no keys and need not load aws-kms.
const KEY = 'AWS::KMS::Key';
const SYMMETRIC = 'SYMMETRIC_DEFAULT';

/** Of an imported key it is not known. Source: AWS KMS Developer Guide, "Key spec reference": other keys do not encrypt for services. */
function requireSymmetric(prop: string, value: Construct): void {
  const resource = CfnResource.isCfnResource(value) ? value : value.node.defaultChild;
  if (!CfnResource.isCfnResource(resource) || resource.cfnResourceType !== KEY) {
    return;
  }
  const { keySpec = SYMMETRIC } = resource as CfnKey;
  if (!Token.isUnresolved(keySpec) && keySpec !== SYMMETRIC) {
    throw new Error(
      `'${prop}' must be a symmetric key for encryption, got '${value.node.path}' of the spec ${keySpec}: use a key without 'keySpec'`,
    );
  }
}
