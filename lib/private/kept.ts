import { RemovalPolicy } from 'aws-cdk-lib';

/** What becomes of stored data by default: it outlives the stack, but not a first deployment that failed. */
export const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
