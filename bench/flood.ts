/** One tenant that asks for more than its share: as a process of its own it sends as fast as answers come, whatever they are. */
import { connect, type Socket } from 'node:net';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { requestText } from './http-load.js';

export const floodKinds = ['reads', 'writes', 'live connections', 'recorded refusals'] as const;
export type FloodKind = (typeof floodKinds)[number];

/** The organizations of the tenant: one that may have accounts, and one that is refused them. */
export const floodedOrganizations = { eligible: 'flooding', refused: 'flooding-refused' } as const;

const atOnce = 16;
const asked = JSON.stringify({ name: 'Flooding', origin: 'new', territory: 'US' });

function textOf(kind: FloodKind, token: string, index: number): string {
  const { eligible, refused } = floodedOrganizations;
  if (kind === 'reads') return requestText('GET', `/v1/organizations/${eligible}/providers`, token);
  if (kind === 'live connections')
    return requestText('GET', '/v1/changes', token).replace('\r\n\r\n', '\r\naccept: text/event-stream\r\n\r\n');
  const organization = kind === 'writes' ? eligible : refused;
  const headers = `\r\nidempotency-key: flood-${index}\r\nx-actor: u-${index}\r\n\r\n`;
  return requestText('POST', `/v1/organizations/${organization}/providers`, token, asked).replace('\r\n\r\n', headers);
}

/** Resolves with the first bytes of an answer; they come in one piece, since answers here are short. */
const answered = (socket: Socket, text: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject).once('data', resolve);
    socket.write(text);
  });

/** Sends one after the other, each on a connection of its own where the one before is taken or gone. */
async function flood(port: number, token: string, kind: FloodKind): Promise<never> {
  let socket = connect({ port, host: '127.0.0.1', noDelay: true });
  for (let index = process.pid; ; index += atOnce) {
    const answer = await answered(socket, textOf(kind, token, index)).catch(() => undefined);
    const isUsable = answer !== undefined && !socket.destroyed && kind !== 'live connections';
    if (isUsable) {
      socket.removeAllListeners('error');
      continue;
    }
    // A live connection that was served stays open; one that was refused is given back.
    if (answer?.toString('latin1', 9, 12) !== '200') socket.destroy();
    socket.on('error', () => undefined);
    socket = connect({ port, host: '127.0.0.1', noDelay: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [port = '', token = '', kind = ''] = process.argv.slice(2);
  // The tenant has a machine of its own; here it must not take the processor from who is measured, nor from who measures.
  setPriority(10);
  for (let n = 0; n < atOnce; n++) void flood(Number(port), token, kind as FloodKind);
  process.send?.('flooding');
  process.once('message', () => process.exit(0));
  process.once('disconnect', () => process.exit(1));
}
