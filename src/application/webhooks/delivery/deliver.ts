/** Delivers for as long as this process may act; when it may not, another one goes on where this one stood. */
import { errorText } from '../../error-text.js';
import type { HealthSource } from '../../ports/health.js';
import type { Message } from '../messages/message.js';
import { headLine, headSigned, type SignedHeadView } from '../messages/signed-head.js';
import { Session, type SessionParts } from './session.js';

export interface DeliverParts extends SessionParts {
  /** The last signed head of the log, as it is handed out. */
  readonly lastHead: () => SignedHeadView | undefined;
}

export interface Delivering {
  /** How much waits, and of how many webhooks something has failed, and since when the longest (ISO). */
  figures(): DeliveryFigures;
  readonly health: HealthSource;
  stop(): Promise<void>;
}

export interface DeliveryFigures {
  /** Whether this process delivers. */
  readonly delivers: boolean;
  readonly enabled: number;
  readonly waiting: number;
  readonly failing: number;
  readonly failingSince: string | undefined;
}

const lookMs = 1_000;
const keepMs = 60_000;
const fillMs = 250;

export function startDelivery(on: DeliverParts): Delivering {
  const stopping = new AbortController();
  const { signal } = stopping;
  let session: Session | undefined;
  let trouble: string | undefined;

  async function act(): Promise<void> {
    const begun = await Session.begin(on);
    session = begun;
    try {
      await work(on, begun, signal);
    } finally {
      session = undefined;
      await begun.end().catch((error: unknown) => notKept(on, error));
    }
  }

  const ended = (async () => {
    while (!signal.aborted) {
      try {
        if (on.mayAct() && (await filled(on, signal))) await act();
        trouble = undefined;
      } catch (error) {
        if (trouble === undefined)
          on.log.error({ error: errorText(error) }, 'Webhooks stand still; it is tried again.');
        trouble = errorText(error);
      }
      await on.clock.wait(lookMs, signal);
    }
  })();
  return {
    figures: () => figuresOf(session),
    health: { name: 'webhooks', degraded: () => trouble },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Looks each second whether it may act still and whether a head was signed, and keeps how far it is each minute. */
async function work(on: DeliverParts, session: Session, signal: AbortSignal): Promise<void> {
  const { clock, mayAct, lastHead } = on;
  let keptAt = clock.now();
  let told: string | undefined;
  while (!signal.aborted && mayAct()) {
    const head = lastHead();
    if (head && head.id !== told) session.hearHead(headMessage(head));
    told = head?.id;
    if (clock.now() - keptAt >= keepMs) {
      keptAt = clock.now();
      await kept(on, session);
    }
    await clock.wait(lookMs, signal);
  }
}

const headMessage = (head: SignedHeadView): Message => ({
  id: `head-${head.id}`,
  type: headSigned,
  body: JSON.stringify(headLine(head)),
});

/** What could not be kept is kept a minute later; until then a restart would repeat a little more. */
const kept = (on: DeliverParts, session: Session): Promise<void> =>
  session.keep().catch((error: unknown) => notKept(on, error));

const notKept = ({ log }: DeliverParts, error: unknown): void =>
  log.warn({ error: errorText(error) }, 'How far webhooks have come could not be kept.');

/** Whose facts are, and which webhooks there are, is known from read models that hold what the log holds now. */
async function filled({ store, readModels, mayAct }: DeliverParts, signal: AbortSignal): Promise<boolean> {
  const head = store.head();
  if (head === undefined) return true;
  while (!signal.aborted && mayAct())
    if (await readModels.waitFor(head, fillMs, signal, ['provider-status', 'webhooks'])) return !signal.aborted;
  return false;
}

function figuresOf(session: Session | undefined): DeliveryFigures {
  const all = session?.outboxes.map(({ backlog }) => backlog) ?? [];
  const since = all.flatMap(({ failingSince }) => failingSince ?? []).sort();
  return {
    delivers: session !== undefined,
    enabled: session?.webhooks.size ?? 0,
    waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
    failing: since.length,
    failingSince: since[0],
  };
}
