/**
 * A signed tree head as text: a checkpoint, which is a signed note. Source: C2SP, tlog-checkpoint and signed-note.
 * Its size tells how many events the log has, and so the reseller's volume to whoever holds one.
 */

/** A tree by its size and root. */
export interface TreeHead {
  /** The log: a name and the log's id. It is the name of its keys too. */
  readonly origin: string;
  readonly size: number;
  /** In hex. */
  readonly root: string;
}

export interface NoteSignature {
  readonly name: string;
  /** The key's id: eight hexadecimal digits. */
  readonly keyId: string;
  /** In base64. */
  readonly signature: string;
}

/** A note's text, which ends in a line break, and who signed it. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** What is no signed note, or no checkpoint; says why. */
export class MalformedNote extends Error {}

/** The text of a checkpoint, which is what is signed. */
export const checkpointText = ({ origin, size, root }: TreeHead): string =>
  `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`;

/** The note as it is written: text, an empty line, one line a signature. */
export const noteText = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(signatureLine).join('')}`;

const signatureLine = ({ name, keyId, signature }: NoteSignature): string =>
  `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), Buffer.from(signature, 'base64')]).toString('base64')}\n`;

const signatureForm = /^— (?<name>[^\s+]+) (?<bytes>[A-Za-z0-9+/]+={0,2})$/;
const keyIdBytes = 4;

/** Reads a note. Throws {@link MalformedNote}. */
export function readNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n'))
    throw new MalformedNote('It is no signed note: it has no signature after an empty line.');
  const lines = note.slice(end + 2, -1).split('\n');
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string): NoteSignature {
  const { name = '', bytes = '' } = signatureForm.exec(line)?.groups ?? {};
  const decoded = Buffer.from(bytes, 'base64');
  if (decoded.length <= keyIdBytes)
    throw new MalformedNote(`This is no line of a signature: ${JSON.stringify(line.slice(0, 80))}.`);
  return {
    name,
    keyId: decoded.subarray(0, keyIdBytes).toString('hex'),
    signature: decoded.subarray(keyIdBytes).toString('base64'),
  };
}

/** The head that a checkpoint's text tells. Throws {@link MalformedNote}. */
export function readCheckpoint(text: string): TreeHead {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const bytes = Buffer.from(root, 'base64');
  if (origin === '') throw new MalformedNote('It is no checkpoint: its first line, the origin, is empty.');
  if (!/^(0|[1-9]\d{0,15})$/.test(size))
    throw new MalformedNote('It is no checkpoint: its second line is no size of a tree.');
  if (bytes.length !== 32 || bytes.toString('base64') !== root)
    throw new MalformedNote('It is no checkpoint: its third line is no SHA-256 in base64.');
  return { origin, size: Number(size), root: bytes.toString('hex') };
}

/** The text of a change of keys, which the former and the new key sign. */
export const rotationText = (origin: string, formerKey: string, key: string): string =>
  `${origin}\npartner-cloud key rotation\n${formerKey}\n${key}\n`;
