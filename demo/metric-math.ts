import jsep from 'jsep';

/** A time series over a row of consecutive periods, oldest first; a hole is a period without data. */
export type Series = readonly (number | undefined)[];

/** What an expression can be: one number for all periods, a series, or a list of series. */
export type MathValue = number | Series | { readonly list: readonly Series[] };

/** An expression this evaluator does not know: its result is unknown, never a guess. */
export class UnsupportedMath extends Error {}

// CloudWatch's operators, where they differ from those of JavaScript.
jsep.addBinaryOp('AND', 2);
jsep.addBinaryOp('OR', 1);
jsep.addBinaryOp('^', 12, true);

type Operator = (left: number, right: number) => number | undefined;

/** A division by zero has no datapoint. Comparisons and logic give 1 or 0. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};
const SYNONYMS: Readonly<Record<string, string>> = { '&&': 'AND', '||': 'OR' };

/** Functions that make one number of several: of a series over time, of a list in each period. */
const FOLDS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => mean(values),
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
  STDDEV: (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))),
};

const MAPS: Readonly<Record<string, (value: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  LOG: Math.log,
  LOG10: Math.log10,
};

/** Evaluates CloudWatch metric math over series of equal length. */
export class MetricMath {
  /**
   * @param lookup the series of an id, evaluated when it is itself an expression
   * @param ids all ids, for METRICS()
   */
  constructor(
    private readonly periods: number,
    private readonly periodSeconds: number,
    private readonly lookup: (id: string) => Series,
    private readonly ids: readonly string[] = [],
  ) {}

  /** The series of an expression that has one result. */
  evaluate(expression: string): Series {
    const value = this.value(jsep(expression) as jsep.CoreExpression);
    if (typeof value === 'object' && 'list' in value) {
      throw new UnsupportedMath(`'${expression}' gives several series, an alarm needs one`);
    }
    return this.spread(value);
  }

  private value(node: jsep.CoreExpression): MathValue {
    switch (node.type) {
      case 'Literal':
        return node.value as number;
      case 'Identifier':
        return this.lookup(node.name);
      case 'UnaryExpression':
        return this.combine('-', 0, this.value(node.argument as jsep.CoreExpression));
      case 'BinaryExpression':
        return this.combine(node.operator, this.value(node.left as jsep.CoreExpression), this.value(node.right as jsep.CoreExpression));
      case 'ArrayExpression':
        return { list: node.elements.map((element) => this.spread(this.value(element as jsep.CoreExpression))) };
      case 'CallExpression':
        return this.call((node.callee as jsep.Identifier).name, node.arguments as jsep.CoreExpression[]);
      default:
        throw new UnsupportedMath(`'${node.type}' is no metric math`);
    }
  }

  private call(name: string, args: readonly jsep.CoreExpression[]): MathValue {
    const [first, second, third] = args;
    const fold = FOLDS[name];
    const map = MAPS[name];
    if (name === 'METRICS') {
      return { list: this.ids.filter((id) => id.includes(first ? String((first as jsep.Literal).value) : '')).map(this.lookup) };
    } else if (name === 'FILL' && first && second) {
      return this.each(this.value(first), (series) =>
        fill(series, second.type === 'Identifier' ? second.name : this.spread(this.value(second))),
      );
    } else if (name === 'IF' && first && second) {
      return this.choose(this.value(first), this.value(second), third && this.value(third));
    } else if (fold && first) {
      const value = this.value(first);
      return isList(value)
        ? this.row((index) =>
            foldPresent(
              value.list.map((series) => series[index]),
              fold,
            ),
          )
        : (foldPresent(this.spread(value), fold) ?? []);
    } else if (map && first) {
      return this.each(this.value(first), (series) => series.map((value) => (value === undefined ? undefined : map(value))));
    } else if (name === 'PERIOD') {
      return this.periodSeconds;
    } else if (name === 'TIME_SERIES' && first) {
      return this.spread(this.value(first));
    } else if ((name === 'DIFF' || name === 'RATE') && first) {
      const per = name === 'RATE' ? this.periodSeconds : 1;
      return this.each(this.value(first), (series) => series.map((value, index) => step(series[index - 1], value, per)));
    } else if (name === 'RUNNING_SUM' && first) {
      let sum = 0;
      return this.each(this.value(first), (series) => series.map((value) => (value === undefined ? undefined : (sum += value))));
    }
    throw new UnsupportedMath(`'${name}' is not among the functions this evaluator knows`);
  }

  /** Without an else branch, periods whose condition is false have no datapoint. */
  private choose(condition: MathValue, then: MathValue, otherwise: MathValue | undefined): MathValue {
    const test = this.spread(condition);
    const yes = this.spread(then);
    const no = otherwise === undefined ? [] : this.spread(otherwise);
    return this.row((index) => (test[index] === undefined ? undefined : test[index] !== 0 ? yes[index] : no[index]));
  }

  private combine(symbol: string, left: MathValue, right: MathValue): MathValue {
    const operator = OPERATORS[SYNONYMS[symbol] ?? symbol];
    if (!operator) {
      throw new UnsupportedMath(`'${symbol}' is no operator of metric math`);
    }
    if (typeof left === 'number' && typeof right === 'number') {
      return operator(left, right) ?? [];
    }
    if (isList(left)) {
      return { list: left.list.map((series) => this.combine(symbol, series, right) as Series) };
    }
    if (isList(right)) {
      return { list: right.list.map((series) => this.combine(symbol, left, series) as Series) };
    }
    const [a, b] = [this.spread(left), this.spread(right)];
    return this.row((index) => {
      const [x, y] = [a[index], b[index]];
      return x === undefined || y === undefined ? undefined : operator(x, y);
    });
  }

  private each(value: MathValue, change: (series: Series) => Series): MathValue {
    return isList(value) ? { list: value.list.map(change) } : change(this.spread(value));
  }

  private spread(value: MathValue): Series {
    if (isList(value)) {
      throw new UnsupportedMath('a list of series stands where one series is needed');
    }
    return typeof value === 'number' ? this.row(() => value) : value;
  }

  private row(at: (index: number) => number | undefined): Series {
    return Array.from({ length: this.periods }, (_, index) => at(index));
  }
}

function fill(series: Series, filler: string | Series): Series {
  if (typeof filler !== 'string') {
    return series.map((value, index) => value ?? filler[index]);
  }
  if (filler !== 'REPEAT') {
    throw new UnsupportedMath(`FILL with '${filler}' is not among the functions this evaluator knows`);
  }
  let last: number | undefined;
  return series.map((value) => (last = value ?? last));
}

function step(before: number | undefined, now: number | undefined, per: number): number | undefined {
  return before === undefined || now === undefined ? undefined : (now - before) / per;
}

function foldPresent(values: Series, fold: (values: readonly number[]) => number): number | undefined {
  const present = values.filter((value) => value !== undefined);
  return present.length ? fold(present) : undefined;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isList(value: MathValue): value is { readonly list: readonly Series[] } {
  return typeof value === 'object' && 'list' in value;
}
