export { rowsPutter } from '../shared/put-rows';
