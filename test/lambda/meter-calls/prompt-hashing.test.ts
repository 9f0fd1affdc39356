import { PromptHashing } from '../../../lambda/meter-calls/prompt-hashing';

const MINUTE = 60_000;

test('a key that cannot be read is asked for again after five minutes, and one that was read is not', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const hash = () => 'hash';
  const prepare = jest.fn().mockRejectedValueOnce('no error').mockResolvedValue(hash);
  const hashing = new PromptHashing(prepare);
  const found = [];
  for (const minute of [0, 4, 5, 60]) {
    found.push(await hashing.get(minute * MINUTE));
  }
  expect(found).toEqual([undefined, undefined, hash, hash]);
  expect(prepare).toHaveBeenCalledTimes(2);
  expect(warn.mock.calls).toEqual([['the prompt hash key cannot be read, prompts are not hashed: unknown error']]);
  warn.mockRestore();
});
