/**
 * What a halt, a delay or a refusal answers: the assignment with its request, or the generation of credentials, that was
 * looked at. Absent in what was recorded before this was kept.
 */
export interface Answered {
  readonly payerId?: string;
  /** The open request, where one was on record. */
  readonly requestId?: string;
  readonly generation?: number;
}
