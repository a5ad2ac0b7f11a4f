/** Delivers for as long as this process may act; when it may not, another one goes on where this one stood. */
import { wordsOf } from '../../error-text.js';
import type { HealthSource } from '../../ports/health.js';
import { headSigned } from '../webhook-service.js';
import type { Message } from './attempt.js';
import { Session, type SessionParts } from './session.js';

export interface DeliverParts extends SessionParts {
  /** The last signed head of the log, as it is handed out. */
  readonly lastHead: () => SignedHeadView | undefined;
}

/** A head; its id is the same for the same tree. */
export type SignedHeadView = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Delivering {
  /** How much waits, and of how many webhooks something has failed, and since when the longest (ISO). */
  figures(): DeliveryFigures;
  readonly health: HealthSource;
  stop(): Promise<void>;
}

export interface DeliveryFigures {
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
      await begun.end();
    }
  }

  const ended = (async () => {
    while (!signal.aborted) {
      try {
        if (on.mayAct() && (await filled(on, signal))) await act();
        trouble = undefined;
      } catch (error) {
        if (trouble === undefined) on.log.error({ error: wordsOf(error) }, 'Webhooks stand still; it is tried again.');
        trouble = wordsOf(error);
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
      await session.keep();
    }
    await clock.wait(lookMs, signal);
  }
}

/** The line of a head, as the feed of changes has it too. */
export const headLine = (head: SignedHeadView) => ({ type: headSigned, data: head });

const headMessage = (head: SignedHeadView): Message => ({
  id: `head-${head.id}`,
  type: headSigned,
  body: JSON.stringify(headLine(head)),
});

/** Whose facts are, and which webhooks there are, is known from read models that hold what the log holds now. */
async function filled({ store, readModels, mayAct }: DeliverParts, signal: AbortSignal): Promise<boolean> {
  const head = store.head();
  if (head === undefined) return true;
  while (!signal.aborted && mayAct())
    if (await readModels.waitFor(head, fillMs, signal, ['provider-status', 'webhooks'])) return !signal.aborted;
  return false;
}

function figuresOf(session: Session | undefined): DeliveryFigures {
  const all = session ? [...session.outboxes.values()].map(({ backlog }) => backlog) : [];
  const since = all.flatMap(({ failingSince }) => failingSince ?? []).sort();
  return {
    enabled: all.length,
    waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
    failing: since.length,
    failingSince: since[0],
  };
}
