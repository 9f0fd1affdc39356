export { getObject } from '../shared/get-object';
