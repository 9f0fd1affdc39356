import { Fn, Token, Tokenization } from 'aws-cdk-lib';

/** The beginning of a reference of the collector, such as `${env:NAME}`. A token of the CDK looks similar. */
const REFERENCE = /\$\{(?!Token\[)/g;

/**
 * Text with references of the collector, as a template may hold it. CloudFormation takes `${…}` for a reference of its own and
 * refuses it outside of Fn::Sub, in which `${!…}` is literal. Source: AWS CloudFormation Template Reference, "Fn::Sub".
 */
export function literalText(text: string): string {
  const variables: Record<string, string> = {};
  const mapToken = (token: unknown): string => {
    const name = `Value${Object.keys(variables).length}`;
    variables[name] = Token.asString(token);
    return `\${${name}}`;
  };
  const template = Tokenization.reverseString(text.replace(REFERENCE, '${!'))
    .mapTokens({ mapToken })
    .join({ join: (left: string = '', right: string = '') => left + right }) as string;
  return Fn.sub(template, Object.keys(variables).length === 0 ? undefined : variables);
}
