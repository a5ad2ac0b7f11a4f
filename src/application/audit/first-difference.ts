/** Where a log begins to differ from what a head was signed over. */
import { isCovered } from '../../domain/audit/leaves.js';
import { leafNode, type Sha256 } from '../../domain/audit/merkle-tree.js';
import type { ScannedEvent } from './verify-pass.js';

/** The nodes of leaves as they were kept when they were added, from 0; they say where a head begins to differ, if they fit it. */
export interface KeptLeaves {
  rootAt(size: number): string | undefined;
  leafAt(n: number): Uint8Array | undefined;
}

interface Kept {
  readonly sha256: Sha256;
  readonly kept: KeptLeaves | undefined;
}

/** Looks for the first leaf that is another one than was kept, where what was kept is what the head was signed over. */
export function openSearch({ sha256, kept }: Kept, head: { readonly size: number; readonly root: string }) {
  if (kept?.rootAt(head.size) !== head.root) return undefined;
  let [n, last] = [0, 0];
  let different: number | undefined;
  return {
    /** Answers whether nothing more need be read. */
    take({ stream, place, hash, hashNow }: ScannedEvent): boolean {
      if (n === head.size) return true;
      last = place;
      if (!isCovered(stream)) return false;
      const now = hexOf(leafNode(sha256, bytesOf(hashNow ?? hash)));
      if (now === hexOf(kept.leafAt(n) ?? new Uint8Array())) n += 1;
      else different = place;
      return different !== undefined;
    },
    place: (): number | undefined => different ?? (n < head.size ? last + 1 : undefined),
  };
}

export const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
