import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { USES } from './prop-uses';

/** What these make has the id that they are given; what they need beside it belongs to the user. */
const CONSTRUCTS = Object.keys(USES).filter((name) => name.endsWith('Props'));

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

test.each(CONSTRUCTS)('%s: what outlives the stack is not left behind by a first deployment that fails', (name) => {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
  USES[name]!(stack, {});
  const { Resources = {} } = Template.fromStack(stack).toJSON() as { Resources?: Record<string, Resource> };
  const own = Object.entries(Resources).filter(([id]) => id.startsWith('It'));
  expect(own.filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain').map(([id, { Type }]) => `${id} ${Type}`)).toEqual([]);
  // Nothing is lost when a resource is replaced.
  expect(
    own.filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy === 'RetainExceptOnCreate' && UpdateReplacePolicy !== 'Retain',
    ),
  ).toEqual([]);
});
