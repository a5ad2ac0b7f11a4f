/** The least that durability can cost: bytes at the end of a file, and a wait for the disk. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';

/** Opens a new file; `write` adds the bytes so many times, each time on disk before the next. */
export function openSyncedFile(file: string, bytes: Uint8Array) {
  const fd = openSync(file, 'w');
  return {
    write(times: number): void {
      for (let i = 0; i < times; i++) {
        writeSync(fd, bytes);
        fdatasyncSync(fd);
      }
    },
    close: () => closeSync(fd),
  };
}
