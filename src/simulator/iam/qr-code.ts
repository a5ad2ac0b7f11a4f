/** The picture that an authenticator app scans: a QR code as a PNG of one bit a pixel. */
import { crc32, deflateSync } from 'node:zlib';
import encodeQR from 'qr';

/** Pixels a module of the code. */
const scale = 6;

/** The bytes of the PNG. Source: PNG (Third Edition), §11. */
export function qrCodePng(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { border: 4 });
  const size = modules.length * scale;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // One bit a pixel, greyscale; compression, filter and interlace methods are all 0.
  header.writeUInt8(1, 8);
  const rows = modules.flatMap((row) => Array.from({ length: scale }, () => rowBytes(row)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A row of pixels after its filter type 0; dark is 0. */
function rowBytes(row: readonly boolean[]): Buffer {
  const bytes = Buffer.alloc(1 + Math.ceil((row.length * scale) / 8));
  for (let pixel = 0; pixel < row.length * scale; pixel += 1) {
    if (row[Math.floor(pixel / scale)]) continue;
    const at = 1 + (pixel >> 3);
    bytes.writeUInt8(bytes.readUInt8(at) | (0x80 >> (pixel & 7)), at);
  }
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}
