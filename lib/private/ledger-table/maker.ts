import { createHash } from 'node:crypto';
import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { focusSql } from '../../../engine/focus/focus-sql';
import { callsViewDdl, createTableDdl } from '../../../engine/ledger/table-ddl';
import { FunctionOptions } from '../../function-options';
import { RetentionClass } from '../../retention-class';
import { builtInCatalogue } from '../built-in-catalogue';
import { newHandler } from '../new-handler';
import { grantTableWrite } from './grants';
import { TABLE_PREFIX, TableParts } from './parts';

const TIMEOUT = Duration.minutes(10);

/** Makes the table and its views, by Athena, and gives an older table the columns that it lacks. */
export function newTableMaker(
  scope: Construct,
  { functions, ...parts }: TableParts & { readonly functions?: FunctionOptions },
): CustomResource {
  const { bucket, databaseName, workGroup } = parts;
  const maker = newHandler(scope, 'Maker', {
    prefix: 'Maker',
    handler: 'make-ledger-table',
    description: 'Makes the table of the ledger of Amazon Bedrock calls',
    memorySize: 256,
    timeout: TIMEOUT,
    logRetention: RetentionClass.OPERATIONAL,
    environment: {},
    // CloudFormation asks again by itself; the handler tries again what may pass.
    retryAttempts: 0,
    functions,
  });
  grantTableWrite(scope, maker, parts);
  const resource = new CustomResource(scope, 'Table', {
    resourceType: 'Custom::BedrockLedgerTable',
    serviceToken: maker.functionArn,
    serviceTimeout: TIMEOUT.plus(Duration.minutes(1)),
    properties: {
      Database: databaseName,
      WorkGroup: workGroup.ref,
      Location: `s3://${bucket.bucketName}/${TABLE_PREFIX}`,
      // A version of the library with other columns or views has another one: the handler then runs again.
      Schema: fingerprint(createTableDdl(''), callsViewDdl(), focusSql({ unit: 'day', catalogue: builtInCatalogue() })),
    },
  });
  resource.node.addDependency(maker);
  return resource;
}

const fingerprint = (...texts: string[]): string => createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16);
