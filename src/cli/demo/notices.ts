/** Lines for the person who watches, shown wherever something is being drawn at the moment. */

export interface Notices {
  readonly say: (line: string) => void;
  /** From now on lines go there. */
  divert(show: (line: string) => void): void;
  /** From now on lines go where they usually do. */
  restore(): void;
}

export function openNotices(usually: (line: string) => void): Notices {
  let show = usually;
  return {
    say: (line) => show(line),
    divert(other) {
      show = other;
    },
    restore() {
      show = usually;
    },
  };
}
