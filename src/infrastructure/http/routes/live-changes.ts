/** Live changes: what happened so far, then what happens, on each open connection without gap or repeat. */
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../../application/authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import { admitted } from '../kit/caller.js';
import { type EventStream, openEventStream } from '../kit/event-stream.js';
import { InFlight } from '../kit/in-flight.js';
import type { LiveLimits } from '../kit/live-limits.js';
import { OpenStreams } from '../kit/open-streams.js';
import { LIVE_LIMITS } from '../kit/parts.js';
import type { WireReply, WireRequest } from '../kit/wire.js';
import { LiveReader } from './live-reader.js';
import { noMore, Seats } from './live-seats.js';
import type { LiveSource } from './live-sources.js';

@Injectable()
export class LiveChanges {
  readonly #streams: OpenStreams;
  readonly #seats: Seats;
  #closing = false;

  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(LIVE_LIMITS) private readonly limits: LiveLimits,
    @Inject(InFlight) private readonly inFlight: InFlight,
  ) {
    this.#streams = new OpenStreams(limits);
    this.#seats = new Seats(limits);
  }

  /** How many connections are open. */
  get open(): number {
    return this.#streams.size;
  }

  /** Throws what {@link serve} would throw for want of a place, before anything is looked up for the connection. */
  requirePlace(caller: Caller): void {
    this.#seats.require(caller);
  }

  /** Takes the connection of an answer from the framework for good, and starts its events; they end with the token. */
  openOn(request: WireRequest, reply: WireReply): EventStream {
    reply.hijack();
    this.inFlight.leave(reply.raw);
    const { knownUntil = Number.POSITIVE_INFINITY } = admitted(request) ?? {};
    return openEventStream(reply.raw, request.id, this.limits, knownUntil - this.on.clock.now());
  }

  /**
   * Sends the changes to a connection that `open` starts, until it is gone; resolves when the past is sent, so that nothing
   * of the call is kept for as long as the connection is open. What can fail fails before it is started: UnknownPosition,
   * the problem `unavailable` when the service stops or has too many connections, or `rate-limited` when the caller or its
   * organization has.
   */
  async serve(source: LiveSource, caller: Caller, open: () => EventStream): Promise<void> {
    if (this.#closing) throw noMore();
    const leave = this.#seats.take(caller);
    const reader = new LiveReader(this.on.store, this.limits.mostWaiting);
    const end = endOf(reader, source.listen(reader), leave);
    const { past, stream } = await this.begin(source, reader, open).catch((error: unknown) => {
      end();
      throw error;
    });
    this.#streams.add(stream);
    stream.onGone(end);
    await reader.send(stream, past);
  }

  /** Ends every connection and opens no more, so that the server can close; clients come again elsewhere. */
  end(): void {
    this.#closing = true;
    this.#streams.end();
  }

  private async begin(source: LiveSource, reader: LiveReader, open: () => EventStream) {
    const past = await source.past(reader.signal);
    if (this.#closing) throw noMore();
    return { past, stream: open() };
  }
}

/** Made apart from the call, of which it would keep everything else as well. */
const endOf = (reader: LiveReader, stop: () => void, leave: () => void) => (): void => {
  reader.close();
  stop();
  leave();
};
