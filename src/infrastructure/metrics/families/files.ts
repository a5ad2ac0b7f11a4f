/** Figures of the data folder: how large its files are, and how much room the disk has. */
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { family, only, type Sample } from '../family.js';

/** Files of SQLite's and what it keeps beside them; their names are this program's own, so there are few. */
const counted = /\.db(-wal)?$/;

export const filesFamily = (data: string) =>
  family(
    {
      partner_cloud_file_bytes: {
        help: 'Size of a file in the data folder, its write-ahead log apart.',
        labels: ['file'],
      },
      partner_cloud_disk_free_bytes: { help: 'Room that the disk of the data folder has for this program.' },
    },
    async () => {
      const { bavail, bsize } = await statfs(data);
      return {
        partner_cloud_file_bytes: await sizesIn(data),
        partner_cloud_disk_free_bytes: only(bavail * bsize),
      };
    },
  );

async function sizesIn(data: string): Promise<readonly Sample[]> {
  const names = await readdir(data, { recursive: true });
  const sizes = names
    .filter((name) => counted.test(name))
    .map(async (file) => {
      // A file may go while they are looked at, as when a checkpoint ends or a read model is made anew.
      const found = await stat(join(data, file)).catch(() => undefined);
      return found ? [{ labels: { file }, value: found.size }] : [];
    });
  return (await Promise.all(sizes)).flat();
}
