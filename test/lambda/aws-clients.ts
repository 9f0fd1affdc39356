type Command = { readonly constructor: { readonly name: string }; readonly input: Record<string, unknown> };

/** What a client answers to a command, by the name of the command's class; an error is thrown. */
type Answers = Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;

/** Answers in place of AWS, and keeps what was asked: the names of commands with their inputs. */
export function answering(client: { prototype: unknown }, answers: Answers): Array<[command: string, input: Record<string, unknown>]> {
  const asked: Array<[string, Record<string, unknown>]> = [];
  const send = jest.spyOn(client.prototype as { send: (command: Command) => Promise<unknown> }, 'send');
  send.mockImplementation(async ({ constructor: { name }, input }) => {
    asked.push([name, input]);
    const answer = answers[name];
    if (!answer) {
      throw new Error(`${name} is not expected`);
    }
    return Promise.resolve(answer(input));
  });
  return asked;
}

/** What is written to standard output while something runs, by line. */
export async function writtenLines(run: () => Promise<unknown>): Promise<string[]> {
  let text = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(((chunk: string, done?: (error?: Error) => void) => {
    text += chunk;
    done?.();
    return true;
  }) as typeof process.stdout.write);
  try {
    await run();
  } finally {
    write.mockRestore();
  }
  return text.split('\n').filter((line) => line !== '');
}
