import { LookUps, NotTried } from '../../../lambda/shared/look-ups';

const never = () => new Promise<never>(() => undefined);
const after = (ms: number) => () => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms));

/** The names of the errors with which look-ups end. */
async function ended(lookUps: ReadonlyArray<Promise<unknown>>): Promise<{ names: string[] }> {
  const results = await Promise.allSettled(lookUps);
  const names = results.map((result) => (result.status === 'fulfilled' ? 'answered' : (result.reason as Error).constructor.name));
  return { names };
}

test('each look-up has a deadline', async () => {
  const lookUps = new LookUps({ each: 40, batch: 10_000 });
  expect((await ended([lookUps.optional('a', never), lookUps.optional('b', after(1))])).names).toEqual(['DeadlineExceeded', 'answered']);
});

test('a batch has a budget for all, and what is not tried costs no time', async () => {
  const lookUps = new LookUps({ each: 60, batch: 100 });
  await ended([lookUps.optional('a', never)]);
  expect((await ended([lookUps.optional('b', never)])).names).toEqual(['DeadlineExceeded']);
  const { names } = await ended(Array.from({ length: 1000 }, () => lookUps.optional('c', never)));
  expect(new Set(names)).toEqual(new Set([NotTried.name]));
  lookUps.begin();
  expect((await ended([lookUps.optional('d', after(1))])).names).toEqual(['answered']);
});

test('look-ups that wait together use up the time once, and time between look-ups does not count', async () => {
  const lookUps = new LookUps({ each: 1000, batch: 600 });
  await ended(Array.from({ length: 10 }, () => lookUps.optional('a', after(100))));
  await after(600)();
  expect((await ended([lookUps.optional('b', after(30))])).names).toEqual(['answered']);
});

test('a required look-up has a time of its own', async () => {
  const lookUps = new LookUps({ each: 40, batch: 40 });
  await ended([lookUps.optional('a', never)]);
  expect((await ended([lookUps.required('b', after(20))])).names).toEqual(['answered']);
  await expect(lookUps.required('the file', never)).rejects.toThrow('the file did not answer within 40 ms');
});

test('failures are counted until they are taken', () => {
  const lookUps = new LookUps({ each: 1, batch: 1 });
  lookUps.addFailed(2);
  lookUps.addFailed(1);
  expect([lookUps.takeFailed(), lookUps.takeFailed()]).toEqual([3, 0]);
});
