import { searchTerms } from '../../local-cloudwatch/search-terms';

// The examples of "CloudWatch search expression syntax" in the CloudWatch User Guide.

test.each<[string, string, boolean]>([
  ['count', 'CustomCount1', true],
  ['CustomCount', 'CustomCount1', true],
  ['"CustomCount1"', 'CustomCount1', true],
  ['"Custom"', 'CustomCount1', false],
  ['network-errors', 'Network-Errors-2', true],
  ['network/errors', 'NetworkErrors2', true],
  ['trial', 'Project2-trial333', true],
  ['micro', 't2.micro', true],
  ['ReadOps AND ProjectA', 'ReadOps', false],
  ['(EC2 OR EBS)', 'my EBS', true],
  ['network NOT errors', 'Network-Errors-2', false],
  ['claude-opus-5 NOT claude-opus-5-5', 'us.anthropic.claude-opus-5', true],
  ['claude-opus-5 NOT claude-opus-5-5', 'us.anthropic.claude-opus-5-5', false],
  ['nova-lite', 'amazon.nova-2-lite-v1:0', false],
])('%s finds %s: %p', (terms, value, expected) => {
  expect(searchTerms(terms)([value])).toBe(expected);
});

test.each(['ModelId=x', '-', 'a) b'])('refuses %s', (terms) => {
  expect(() => searchTerms(terms)).toThrow(/SEARCH/);
});
