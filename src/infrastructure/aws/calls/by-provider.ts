/** What an ensure remembers of providers between its tries; losing it costs calls or a wait, never more. */
import { LRUCache } from 'lru-cache';

const providersRemembered = 10_000;

/** A cache with room for 10,000 providers. Measured by size and not by number, since room for a number is taken at once, and each step has its own. */
export const byProvider = <T extends object | number>(): LRUCache<string, T> =>
  new LRUCache({ maxSize: providersRemembered, sizeCalculation: () => 1 });
