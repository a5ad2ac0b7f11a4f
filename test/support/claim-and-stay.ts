/** A process that takes a data folder and stays until it is killed. */
import { claimDataFolder } from '../../src/infrastructure/data-folder.js';

claimDataFolder(process.argv[2] ?? '');
process.stdout.write('claimed\n');
process.stdin.resume();
