import type { LineQuestion } from '../../engine/ledger/questions/question';
import { MAX_ROWS } from '../shared/sources';

/** Lines, and not calls: copies are few, and a query that grouped them by call could be cut. An organization with more members would be. */
export const RECORDS: LineQuestion = { each: 'line', by: ['account', 'region'], measures: ['lines'], limit: MAX_ROWS };
