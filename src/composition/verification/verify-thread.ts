/** The thread that verifies a log, by a read-only connection of its own; nothing else runs in it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { VerifyOrder } from '../log/log-place.js';
import { verifyAnywhere } from './verify-anywhere.js';

parentPort?.postMessage(await verifyAnywhere(workerData as VerifyOrder));
