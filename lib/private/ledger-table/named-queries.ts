import * as athena from 'aws-cdk-lib/aws-athena';
import { Construct } from 'constructs';
import { NAMED_QUESTIONS } from '../../../engine/ledger/questions/question';
import { lastDaysSql, sqlQuery } from '../../../engine/ledger/questions/sql-query';
import { TableParts } from './parts';

const DAYS = 30;

/** The questions that people ask by name, over the last thirty days. */
export function newNamedQueries(scope: Construct, { databaseName, workGroup }: TableParts): athena.CfnNamedQuery[] {
  return NAMED_QUESTIONS.map(
    ({ id, title, ...question }) =>
      new athena.CfnNamedQuery(scope, `Query${id}`, {
        name: title,
        description: `${title}, of the last ${DAYS} days`,
        database: databaseName,
        workGroup: workGroup.ref,
        queryString: sqlQuery(question, lastDaysSql(DAYS)),
      }),
  );
}
