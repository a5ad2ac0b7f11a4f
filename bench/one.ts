/** Runs one benchmark in this process and sends its results to the process that started it. */
import { measure } from './benchmark.js';
import { type BenchmarkName, benchmarks } from './names.js';

const [name, size] = process.argv.slice(2);
const { benchmark } = await benchmarks[name as BenchmarkName]();
const results = await measure(benchmark, size === 'smoke');
// Whatever a benchmark leaves open (a socket, a timer) must not keep its process alive.
process.send?.(results, () => process.exit(0));
