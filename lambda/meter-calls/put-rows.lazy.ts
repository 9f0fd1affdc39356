export { rowsPutter } from '../shared/ledger/put-rows';
