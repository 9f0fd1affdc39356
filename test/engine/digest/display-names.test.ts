import { displayNames } from '../../../engine/digest/display-names';
import { Catalogue } from '../../../engine/pricing/catalogue';

const shown = (axis: string, ...names: string[]) => [...displayNames(axis, names, Catalogue.builtIn()).values()];
const role = (account: string, session: string) => `arn:aws:sts::${account}:assumed-role/App/${session}`;

test('models have the name of the boards, callers what differs', () => {
  expect(shown('model', 'anthropic.claude-sonnet-4-6', 'acme.model')).toEqual(['Claude Sonnet 4.6', 'acme.model']);
  expect(shown('caller', role('111122223333', 'a'), 'arn:aws:iam::111122223333:user/jane', '****')).toEqual(['App/a', 'user/jane', '****']);
  expect(shown('meta:team', 'arn:aws:iam::111122223333:user/jane')).toEqual(['arn:aws:iam::111122223333:user/jane']);
});

test('two names never look the same', () => {
  expect(shown('caller', role('111122223333', 'a'), role('444455556666', 'a'))).toEqual(['111122223333:App/a', '444455556666:App/a']);
  expect(shown('model', 'amazon.nova-reel-v1:0', 'amazon.nova-reel-v1:1')).toEqual(['Nova Reel', 'Nova Reel 1.1']);
  expect(shown('caller', 'App/a', role('111122223333', 'a'))).toEqual(['App/a', '111122223333:App/a']);
});
