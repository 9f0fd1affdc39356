import type { Template } from 'aws-cdk-lib/assertions';

export interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: Statement[] };
}

/** What the roles may do whose logical ids begin with this: by policies of their own, and by policies apart, whose ids begin with theirs. */
export function statementsOf(template: Template, role: string): Statement[] {
  const within = ofIds(template, 'AWS::IAM::Role', role).flatMap(({ Policies = [] }) => Policies as Policy[]);
  const apart = ofIds(template, 'AWS::IAM::Policy', role) as unknown as Policy[];
  return [...within, ...apart].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

export function actionsOf(template: Template, role: string): string[] {
  return statementsOf(template, role)
    .flatMap(({ Action }) => Action)
    .sort();
}

function ofIds(template: Template, type: string, prefix: string): Record<string, unknown>[] {
  return Object.entries(template.findResources(type))
    .filter(([id]) => id.startsWith(prefix))
    .map(([, { Properties }]) => Properties as Record<string, unknown>);
}
