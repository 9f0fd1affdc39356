import { DeadlineExceeded, withDeadline } from '../../../lambda/shared/deadline';

const never = new Promise<never>(() => undefined);

test('is the answer that comes in time, and leaves no timer', async () => {
  jest.useFakeTimers();
  expect(await withDeadline('S3', 1000, () => Promise.resolve('answer'))).toBe('answer');
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('is the failure that comes in time', async () => {
  await expect(withDeadline('S3', 1000, () => Promise.reject(new TypeError('no')))).rejects.toThrow(TypeError);
});

test('fails at the deadline where the signal is ignored', async () => {
  await expect(withDeadline('S3', 20, () => never)).rejects.toThrow(new DeadlineExceeded('S3', 20));
});

test('aborts what is asked, and names the deadline whatever the abort throws', async () => {
  let aborted = false;
  const ask = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        aborted = true;
        reject(new Error('AbortError'));
      });
    });
  await expect(withDeadline('S3', 20, ask)).rejects.toThrow('S3 did not answer within 20 ms');
  expect(aborted).toBe(true);
});
