import { gzipSync } from 'node:zlib';
import { messagesOf } from '../../../lambda/meter-agents/messages';
import { logEvents } from '../../../lambda/meter-calls/log-events';
import { parseJson } from '../../../lambda/shared/parse-json';

/** What a caller wrote, again and again, so that a quotation from anywhere has some of it. */
const SECRET = 'SECRET';
const payload = JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', timestamp: 1, message: SECRET.repeat(20) }] });

const packed = (text: string) => ({ awslogs: { data: gzipSync(text).toString('base64') } });
const queued = (body: string) => ({ Records: [{ body }] });

/** A text that is cut, that has a character less, and one that has a character that does not belong there, at each of its places. */
const damaged = (text: string): string[] =>
  Array.from(text).flatMap((_, at) => {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)];
    return [before, `${before}${after}`, `${before}}${after}`, `${before}\u0001${after}`];
  });

/** Everything that Lambda would log of the errors. */
function errorsOf(inputs: readonly string[], read: (input: string) => unknown): string[] {
  return inputs.flatMap((input) => {
    try {
      read(input);
      return [];
    } catch (error) {
      const { message, stack, cause } = error as Error;
      return [`${message} ${stack} ${JSON.stringify(cause ?? '')}`];
    }
  });
}

test.each<[string, (input: string) => unknown]>([
  ['cost meter', (text) => logEvents(packed(text))],
  ['cost meter, with long texts', (text) => logEvents(packed(text), true)],
  ['agent meter', (text) => [...messagesOf(packed(text))]],
  ['cost meter, dead letters', (text) => logEvents(queued(text))],
  ['agent meter, dead letters', (text) => [...messagesOf(queued(text))]],
])('no error of the %s has text of a damaged payload', (_, read) => {
  const errors = errorsOf(damaged(payload), read);
  expect(errors.length).toBeGreaterThan(100);
  expect(errors.filter((error) => error.includes(SECRET))).toEqual([]);
});

test('the test would see a quotation', () => {
  expect(errorsOf(damaged(payload), (text) => JSON.parse(text)).filter((error) => error.includes(SECRET))).not.toEqual([]);
});

test('what is not JSON is named', () => {
  expect(() => parseJson('{', 'the subscription event')).toThrow(new Error('the subscription event is not JSON'));
});
