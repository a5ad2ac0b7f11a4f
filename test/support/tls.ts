/** A server with a certificate for `localhost` and `aws.test` that no authority has signed, and a proxy that lets through. */
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { resolve } from 'node:path';

/** For NODE_EXTRA_CA_CERTS. */
export const certificateFile = resolve('test/fixtures/tls/certificate.pem');

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export async function listening(server: Server): Promise<Listening> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export const tlsServer = (answer: RequestListener): Promise<Listening> =>
  listening(
    createHttps(
      { cert: readFileSync(certificateFile), key: readFileSync(resolve('test/fixtures/tls/key.pem')) },
      answer,
    ),
  );

/** Tunnels whatever is asked for to one port of this machine; `asked` are the hosts that were named. */
export async function connectProxy(to: number): Promise<Listening & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createHttp((_, reply) => void reply.writeHead(405).end());
  server.on('connect', ({ url = '' }, client: Socket, head: Buffer) => {
    asked.push(url);
    const onward = connect(to, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(client).pipe(onward);
    });
    for (const socket of [client, onward]) socket.on('error', () => socket.destroy());
    client.on('close', () => onward.destroy());
  });
  return { ...(await listening(server)), asked };
}
