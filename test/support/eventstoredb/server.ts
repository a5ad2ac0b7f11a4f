/** A small EventStoreDB over real gRPC, on the service definitions that the client ships. */
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials, type sendUnaryData, status } from '@grpc/grpc-js';
import { type Faults, wellBehaved } from './faults.js';
import { ServerLog } from './log.js';
import { streamsOf } from './streams.js';

export interface SmallServer {
  readonly url: string;
  readonly port: number;
  readonly log: ServerLog;
  readonly faults: Faults;
  /** Ends every connection and begins anew at the same address with what was stored. */
  restart(whileDown?: () => Promise<void>): Promise<void>;
  stop(): void;
}

/** As many calls at once as the real one takes over one connection; grpc-js has no such bound of itself. */
const callsPerConnection = 100;

export interface SmallServerOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly log?: ServerLog;
}

export async function startSmallServer({
  port: wanted = 0,
  log = new ServerLog(),
}: SmallServerOptions = {}): Promise<SmallServer> {
  const faults = wellBehaved();
  let server = served(log, faults, () => port);
  let port = await bound(server, wanted);
  return {
    get url() {
      return `esdb://127.0.0.1:${port}?tls=false`;
    },
    get port() {
      return port;
    },
    log,
    faults,
    async restart(whileDown = async () => undefined) {
      server.forceShutdown();
      await whileDown();
      server = served(log, faults, () => port);
      port = await bound(server, port);
    },
    stop: () => server.forceShutdown(),
  };
}

function served(log: ServerLog, faults: Faults, port: () => number): Server {
  const server = new Server({ 'grpc.max_concurrent_streams': callsPerConnection });
  server.addService(streamServices.StreamsService, streamsOf(log, faults));
  server.addService(featureServices.ServerFeaturesService, {
    getSupportedMethods: (_: unknown, answer: sendUnaryData<InstanceType<typeof features.SupportedMethods>>) =>
      void unlessFrozen(faults, () => answerFeatures(faults, answer)),
  });
  server.addService(gossipServices.GossipService, {
    read: (_: unknown, answer: sendUnaryData<InstanceType<typeof gossip.ClusterInfo>>) =>
      void unlessFrozen(faults, () => answer(null, members(faults, port()))),
  });
  return server;
}

const bound = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, taken) =>
      error ? reject(error) : resolve(taken),
    ),
  );

/** A frozen server takes what is sent and answers nothing. */
function unlessFrozen({ frozen }: Faults, answer: () => void): void {
  if (!frozen) answer();
}

/** Without a list of methods the client sends appends one by one. */
function answerFeatures(
  { version }: Faults,
  answer: sendUnaryData<InstanceType<typeof features.SupportedMethods>>,
): void {
  if (version === undefined) {
    answer({ code: status.UNIMPLEMENTED, details: 'unknown service' });
    return;
  }
  const names = ['append', 'batchappend', 'read', 'delete', 'tombstone'];
  const methods = names.map((name) =>
    new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
  );
  answer(null, new features.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods));
}

function members({ leaderAt }: Faults, port: number) {
  const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
  const member = (state: typeof LEADER | typeof FOLLOWER, at: { readonly address: string; readonly port: number }) =>
    new gossip.MemberInfo()
      .setIsAlive(true)
      .setState(state)
      .setHttpEndPoint(new gossip.EndPoint().setAddress(at.address).setPort(at.port));
  const here = member(leaderAt ? FOLLOWER : LEADER, { address: '127.0.0.1', port });
  return new gossip.ClusterInfo().setMembersList(leaderAt ? [here, member(LEADER, leaderAt)] : [here]);
}
