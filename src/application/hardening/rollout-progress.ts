/** How far this process has come with a rollout; a restart begins anew, and passes over what is upgraded already. */
export class RolloutProgress {
  upgraded = 0;
  readonly failed = new Set<string>();
  /** Those up to it in the order of ids are done with. */
  cursor = '';
  /** Of the present account. */
  tries = 0;
  /** When the next account may begin; milliseconds. */
  nextAt = 0;

  /** Whoever resumes what has stopped has mended the cause, so that all are tried again. */
  startAgain(): void {
    this.failed.clear();
    this.cursor = '';
  }
}
