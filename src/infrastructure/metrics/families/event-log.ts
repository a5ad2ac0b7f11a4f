/** Figures of the log: how long it is, whether it can be written, and how its times stand to the clock. */
import type { Clock } from '../../../application/ports/clock.js';
import type { EventStore, Position } from '../../../application/ports/event-store.js';
import { asNumber, family, only } from '../family.js';

export interface LogSource {
  readonly store: Pick<EventStore, 'health'>;
  readonly clock: Pick<Clock, 'now'>;
  /** How many events there are up to a position. */
  readonly eventsUpTo: (position: Position | undefined) => number;
  /** Whether this process is the one that acts on the log now. */
  readonly mayAct: () => boolean;
}

export const eventLogFamily = ({ store, clock, eventsUpTo, mayAct }: LogSource) =>
  family(
    {
      partner_cloud_log_events: { help: 'Events in the log.' },
      partner_cloud_log_appends_waiting: { help: 'Appends that wait to be written.' },
      partner_cloud_log_writable: { help: 'Whether the last append could be written (1) or not (0).' },
      partner_cloud_log_acting: { help: 'Whether this process works on what the log owes (1), or another may (0).' },
      partner_cloud_log_findings: { help: 'What was not as it was left when the log was opened.' },
      partner_cloud_log_ahead_seconds: { help: "By how much the last facts lie ahead of this machine's clock." },
    },
    () => {
      const { head, waiting, problem, findings, recordedUpTo } = store.health();
      const aheadMs = Math.max(0, (recordedUpTo ?? 0) - clock.now());
      return {
        partner_cloud_log_events: only(eventsUpTo(head)),
        partner_cloud_log_appends_waiting: only(waiting),
        partner_cloud_log_writable: only(asNumber(problem === undefined)),
        partner_cloud_log_acting: only(asNumber(mayAct())),
        partner_cloud_log_findings: only(findings.length),
        partner_cloud_log_ahead_seconds: only(aheadMs / 1_000),
      };
    },
  );
