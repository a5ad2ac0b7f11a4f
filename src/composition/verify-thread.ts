/** The thread that verifies a log, by a read-only connection of its own; nothing else runs in it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type VerifyOrder, verifyFile } from './verify-file.js';

parentPort?.postMessage(verifyFile(workerData as VerifyOrder));
