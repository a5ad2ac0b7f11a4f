/** The call by which a log is followed: opened over the client's connection and with its credentials, and read by ourselves. */
import type { Readable } from 'node:stream';
import type { EventStoreDBClient } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { messageFrom, type SubscriptionMessage } from './subscription-messages.js';

/** Its `data` are {@link SubscriptionMessage}s. */
export interface ReadCall extends Readable {
  cancel(): void;
}

type StreamsClient = InstanceType<typeof grpc.StreamsClient>;
type ReadRequest = InstanceType<typeof streams.ReadReq>;

/** What the client has for its own calls: a connection to the leader, looked for anew where a call fails by it. */
interface ClientCalls {
  GRPCStreamCreator(
    of: typeof grpc.StreamsClient,
    name: string,
    open: (client: StreamsClient) => ReadCall,
  ): () => Promise<ReadCall>;
  callArguments(
    asked: { readonly requiresLeader: boolean },
    more: { readonly deadline: number },
  ): readonly [NonNullable<Parameters<StreamsClient['read']>[1]>, object];
}

/** Everything in the streams that begin with the prefix after a place (0: from the start). Rejects where there is no connection. */
export function openReadCall(client: EventStoreDBClient, asked: Followed): Promise<ReadCall> {
  const calls = client as unknown as ClientCalls;
  const { path, requestSerialize } = grpc.StreamsService.read;
  const open = calls.GRPCStreamCreator(grpc.StreamsClient, 'subscribeToAll', (of) => {
    const [metadata, options] = calls.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY });
    const request = requestFor(asked);
    return of.makeServerStreamRequest<ReadRequest, SubscriptionMessage>(
      path,
      requestSerialize,
      messageFrom,
      request,
      metadata,
      options,
    );
  });
  return open();
}

export interface Followed {
  readonly prefix: string;
  readonly after: bigint;
  /** A checkpoint comes after so many times 32 events of the whole log. */
  readonly checkpointInterval: number;
}

/** Source: EventStoreDB, streams.proto, ReadReq. */
function requestFor({ prefix, after, checkpointInterval }: Followed): ReadRequest {
  const { Options } = streams.ReadReq;
  const all = new Options.AllOptions();
  const place = new Options.Position().setCommitPosition(`${after}`).setPreparePosition(`${after}`);
  if (after === 0n) all.setStart(new shared.Empty());
  else all.setPosition(place);
  const names = new Options.FilterOptions.Expression().setPrefixList([prefix]);
  const filter = new Options.FilterOptions().setStreamIdentifier(names).setCount(new shared.Empty());
  filter.setCheckpointintervalmultiplier(checkpointInterval);
  const options = new Options().setAll(all).setFilter(filter).setResolveLinks(false);
  options.setSubscription(new Options.SubscriptionOptions());
  options.setUuidOption(new Options.UUIDOption().setString(new shared.Empty()));
  return new streams.ReadReq().setOptions(options);
}
