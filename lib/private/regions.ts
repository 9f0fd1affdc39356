import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Regions in which CloudFormation has no `AWS::Budgets::Budget`. Source: CloudFormation resource schemas by Region, read 2026-11. */
export const WITHOUT_AWS_BUDGETS = /^(us-gov-.*|ap-southeast-6|ap-east-2|mx-central-1)$/;

/** Regions in which CloudFormation has no `AWS::Chatbot::SlackChannelConfiguration`. Source: as above. */
export const WITHOUT_CHAT = /^(us-gov|cn)-/;

/** Regions whose bill is not in the AWS Cost Explorer of us-east-1. Source: AWS GovCloud (US) User Guide and Getting Started with AWS in China, billing. */
export const WITHOUT_COST_EXPLORER = /^(us-gov|us-iso.*|cn|eusc)-/;

/** Regions in which Firehose does not deliver to Iceberg. Source: Amazon Data Firehose Developer Guide, "Apache Iceberg Tables", read 2026-11. */
export const WITHOUT_ICEBERG_DELIVERY = /^(cn-.*|us-gov-.*|eusc-.*|ap-east-2|ap-southeast-5|ap-southeast-6|mx-central-1)$/;

/** Regions without Amazon Athena. Source: endpoints.json of botocore, read 2026-11. */
export const WITHOUT_ATHENA = /^us-isob?-west-1$/;

/** Throws for a stack in a Region that lacks a service. A Region that is not known at synth is not checked. */
export function requireRegionOf(scope: IConstruct, prop: string, service: string, without: RegExp, wayOut: string): void {
  const { region } = Stack.of(scope);
  if (!Token.isUnresolved(region) && without.test(region)) {
    throw new Error(`'${prop}' needs ${service}, which does not exist in ${region}: ${wayOut}`);
  }
}
