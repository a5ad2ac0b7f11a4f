/** Bytes sent to the service as they are, for what no client library would send. */
import { connect } from 'node:net';
import { awaited } from '../../support/waiting.js';

/** Sends the text and resolves with everything that comes back until the service ends the connection. */
export function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  let received = '';
  const answer = new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text)).setEncoding('utf8');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
  return awaited(
    () => `the end of a connection that said so far: ${received}`,
    () => answer,
  );
}
