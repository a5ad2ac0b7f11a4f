/** A name server that knows the mail servers of some domains and answers NXDOMAIN for all others. Source: RFC 1035, section 4. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface NameServer {
  /** Such as `127.0.0.1:53124`. */
  readonly address: string;
  close(): void;
}

const headerBytes = 12;
const mx = 15;

/** Serves `mail`: the mail servers of each domain, the preferred first; an empty name says that it takes none. */
export async function startNameServer(mail: Readonly<Record<string, readonly string[]>>): Promise<NameServer> {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(answerTo(query, mail), port, address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    close: () => void socket.close(),
  };
}

function answerTo(query: Buffer, mail: Readonly<Record<string, readonly string[]>>): Buffer {
  const { name, end } = nameAt(query, headerBytes);
  const question = query.subarray(headerBytes, end + 4);
  const servers = mail[name];
  const records = query.readUInt16BE(end) === mx ? (servers ?? []).map(record) : [];
  const header = Buffer.alloc(headerBytes);
  query.copy(header, 0, 0, 2);
  // A response, with recursion desired and available; 3 is NXDOMAIN.
  header.writeUInt16BE(0x8180 | (servers ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

function record(exchange: string, index: number): Buffer {
  const data = Buffer.concat([Buffer.from([0, index]), encoded(exchange)]);
  const fixed = Buffer.alloc(12);
  // Its name is that of the question; type, class IN, a minute to live, the length of what follows.
  fixed.writeUInt16BE(0xc000 | headerBytes, 0);
  fixed.writeUInt16BE(mx, 2);
  fixed.writeUInt16BE(1, 4);
  fixed.writeUInt32BE(60, 6);
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([fixed, data]);
}

const encoded = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function nameAt(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  while (message[at] !== 0) {
    const length = message[at] ?? 0;
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}
