/** The thread that looks through the file of the log; nothing else runs in it. */
import { parentPort, workerData } from 'node:worker_threads';
import { damageIn } from '../../infrastructure/event-store/sqlite/quick-check.js';

parentPort?.postMessage(damageIn(workerData as string));
