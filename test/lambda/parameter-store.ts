type Reply = (status: number, body: unknown) => void;

/** Parameter Store of AWS Systems Manager, as far as handlers ask it. */
export class ParameterStore {
  readonly values = new Map<string, string>();

  /** Answers a call by its action, for example `GetParameter`. */
  answer(action: string, input: { Name?: string; Value?: string; Path?: string; NextToken?: string }, reply: Reply): void {
    const { Name = '', Value = '', Path = '', NextToken = '0' } = input;
    if (action === 'GetParametersByPath') {
      // One a page, so that every test with two reads pages.
      const found = [...this.values].filter(([name]) => name.startsWith(`${Path}/`));
      const next = Number(NextToken) + 1;
      const page = found.slice(next - 1, next).map(([name, value]) => ({ Name: name, Value: value }));
      return reply(200, { Parameters: page, ...(next < found.length && { NextToken: String(next) }) });
    }
    if (action === 'PutParameter') {
      this.values.set(Name, Value);
      return reply(200, { Version: 1 });
    }
    const found = this.values.get(Name);
    if (found === undefined) {
      return reply(400, { __type: 'ParameterNotFound', message: '' });
    }
    if (action === 'DeleteParameter') {
      this.values.delete(Name);
    }
    return reply(200, { Parameter: { Name, Value: found } });
  }
}
