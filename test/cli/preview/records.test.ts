import { readRecords } from '../../../cli/preview/records';
import { Messages } from '../../../cli/replay/messages';
import { call, file, lines } from '../replaying';

test('more calls than fit into memory are refused with a way out; long texts are not kept', async () => {
  const messages = new Messages({ write: () => undefined });
  const path = file(lines(call(1, { input: { inputTokenCount: 1, inputBodyJson: { text: 'x'.repeat(5000) } } }), call(2)));
  await expect(readRecords([path], messages, 1)).rejects.toThrow(`there are more than 1 calls in ${path}: give the records of some days`);
  const records = await readRecords([path], messages, 2);
  expect(records.map(({ message }) => message.length < 1500)).toEqual([true, true]);
});
