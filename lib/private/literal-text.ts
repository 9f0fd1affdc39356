import { Aws, Fn, IResolvable, Token, Tokenization } from 'aws-cdk-lib';

/** The beginning of a literal `${…}`, such as `${env:NAME}` of the collector or `${PROP('Period')}` of CloudWatch. A token of the CDK looks similar. */
const LITERAL = /\$\{(?!Token\[)/g;

const PSEUDO_PARAMETERS = new Map(
  Object.entries({
    'AWS::AccountId': Aws.ACCOUNT_ID,
    'AWS::Partition': Aws.PARTITION,
    'AWS::Region': Aws.REGION,
    'AWS::StackName': Aws.STACK_NAME,
    'AWS::URLSuffix': Aws.URL_SUFFIX,
  }).map(([name, text]) => [Tokenization.reverseCompleteString(text), name] as const),
);

/** The name of what CloudFormation knows in every template. Undefined for all other tokens. */
export function pseudoParameterOf(token: IResolvable): string | undefined {
  return PSEUDO_PARAMETERS.get(token);
}

/**
 * Text with tokens and with literal `${…}`, as a template may hold it, each token once. CloudFormation takes `${…}` for a reference of
 * its own and refuses it outside of Fn::Sub, in which `${!…}` is literal. Source: AWS CloudFormation Template Reference, "Fn::Sub".
 */
export function literalText(text: string): string {
  const variables = new Map<IResolvable, string>();
  const mapToken = (token: IResolvable): string => {
    const pseudoParameter = pseudoParameterOf(token);
    if (pseudoParameter === undefined) {
      variables.set(token, variables.get(token) ?? `Value${variables.size}`);
    }
    return `\${${pseudoParameter ?? variables.get(token)}}`;
  };
  const template = Tokenization.reverseString(text.replace(LITERAL, '${!'))
    .mapTokens({ mapToken })
    .join({ join: (left: string = '', right: string = '') => left + right }) as string;
  const values = Object.fromEntries([...variables].map(([token, name]) => [name, Token.asString(token)]));
  return Fn.sub(template, variables.size === 0 ? undefined : values);
}
