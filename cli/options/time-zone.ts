import { isoDate } from '../../engine/calendar';
import { InvalidArgumentError, Option } from 'commander';
import { suggestion } from '../suggest';

/** In UTC, as on the bill, unless another one is asked for. */
export const timeZoneOption = (): Option =>
  new Option('--time-zone <name>', 'of days, weeks, months and hours, such as Europe/Berlin').default('UTC').argParser(parseTimeZone);

function parseTimeZone(name: string): string {
  try {
    isoDate(0, name);
    return name;
  } catch (error) {
    throw new InvalidArgumentError(suggestion(name, Intl.supportedValuesOf('timeZone')).slice(2) || (error as Error).message);
  }
}
