/**
 * Loaded before the program (`--import`), it sets the program's clock by as many milliseconds as the file named in CLOCK_FILE
 * says at that moment; what is measured by `performance` and by timers goes on as it is.
 */
import { readFileSync } from 'node:fs';

const file = process.env.CLOCK_FILE;
const Real = Date;
const now = () => Real.now() + Number(readFileSync(file, 'utf8'));

globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [now()] : given));
  }

  static now() {
    return now();
  }
};
