/** SHA-256 of bytes, as the domain asks for it. */
import { hash } from 'node:crypto';
import type { Sha256 } from '../../domain/audit/merkle-tree.js';

export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

export const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
