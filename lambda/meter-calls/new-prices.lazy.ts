export { newPrices } from '../shared/new-prices';
