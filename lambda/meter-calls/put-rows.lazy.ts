export { rowOf } from '../../engine/ledger/row';
export { rowsPutter } from '../shared/put-rows';
