/** Proofs of inclusion and consistency in a tree over a million facts, against those in a tree over three thousand. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addLog } from '../src/composition/audit/tree-of-log.js';
import { openTreeFile, type TreeFile, treeFileName } from '../src/infrastructure/audit/tree-file.js';
import { type Benchmark, quantile } from './benchmark.js';
import { keptLives } from './lives-log.js';

const proofs = 2_000;
const tenMs = [{ on: 'value', at: 10 }] as const;

export const benchmark: Benchmark = {
  name: 'audit-proofs',
  rounds: 5,
  figures: [
    { unit: 'ms (p99, inclusion)', better: 'lower', marks: tenMs },
    { unit: 'ms (p99, consistency)', better: 'lower', marks: tenMs },
  ],
  async open(smoke) {
    const [large, small] = [await keptTree(smoke ? 2_800 : 1_000_000), await keptTree(2_800)];
    const times = smoke ? 50 : proofs;
    return {
      ours: async () => figuresOf(large, times),
      baseline: async () => figuresOf(small, times),
      async close() {
        large.close();
        small.close();
      },
    };
  },
};

/** The tree over a kept log, beside it; made if it is not there. */
async function keptTree(events: number): Promise<TreeFile> {
  const log = await keptLives(events);
  const file = join(dirname(log), treeFileName);
  if (!existsSync(file)) {
    const draft = `${file}.new`;
    for (const part of ['', '-wal', '-shm']) rmSync(`${draft}${part}`, { force: true });
    makeTree(log, draft);
    renameSync(draft, file);
  }
  return openTreeFile(file, refuse);
}

function refuse(why: string): never {
  throw new Error(why);
}

function makeTree(log: string, file: string): void {
  const tree = openTreeFile(file, refuse);
  addLog(tree, log);
  tree.close();
}

const anyBelow = (size: number): number => Math.floor(Math.random() * size);

function figuresOf(tree: TreeFile, times: number): readonly number[] {
  const size = tree.size();
  return [
    p99(times, () => tree.inclusion(anyBelow(size), size)),
    p99(times, () => tree.consistency(1 + anyBelow(size - 1), size)),
  ];
}

function p99(times: number, work: () => unknown): number {
  const taken = Array.from({ length: times }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return quantile(taken, 0.99);
}
