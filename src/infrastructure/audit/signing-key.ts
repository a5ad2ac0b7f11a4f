/** The Ed25519 key that signs heads, and the public keys that check them. Source: C2SP, signed-note. */
import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { HeadSigner } from '../../application/ports/signed-heads.js';
import {
  checkpointText,
  MalformedNote,
  type NoteSignature,
  noteText,
  readCheckpoint,
  type SignedNote,
} from '../../domain/audit/checkpoint.js';

/** The type of an Ed25519 signature in a note. */
const ed25519 = 1;

/** What stands before the 32 bytes of a key in its DER form. Source: RFC 8410, sections 4 and 7. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** A public key with its name, as witnesses take it. */
export interface PublicKey {
  readonly name: string;
  readonly keyId: string;
  readonly key: KeyObject;
  /** `<name>+<key id>+<base64>` */
  readonly text: string;
}

/** A signer over the 32 secret bytes of a key. */
export function openSigner(secret: Uint8Array, origin: string): HeadSigner {
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, secret]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);
  const { keyId, text: publicKey } = publicKeyOf(origin, raw);
  const signed = (text: string): NoteSignature => ({
    name: origin,
    keyId,
    signature: sign(null, Buffer.from(text), key).toString('base64'),
  });
  return {
    origin,
    keyId,
    publicKey,
    sign: signed,
    signHead(head) {
      const text = checkpointText(head);
      const signature = signed(text);
      return { ...head, keyId, signature: signature.signature, note: noteText({ text, signatures: [signature] }) };
    },
  };
}

function publicKeyOf(name: string, raw: Uint8Array): PublicKey {
  const typed = Buffer.concat([Uint8Array.of(ed25519), raw]);
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed])).slice(0, 8);
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
  return { name, keyId, key, text: `${name}+${keyId}+${typed.toString('base64')}` };
}

/** Reads a public key. Throws {@link MalformedNote} for anything else, and for a key of another kind. */
export function readPublicKey(text: string): PublicKey {
  const [, name = '', keyId = '', base64 = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 33 || bytes[0] !== ed25519)
    throw new MalformedNote('It is no Ed25519 key of the form <name>+<key id>+<base64>.');
  const key = publicKeyOf(name, bytes.subarray(1));
  if (key.keyId !== keyId) throw new MalformedNote(`The key's id is ${key.keyId}, and not ${keyId} as it says.`);
  return key;
}

/** Whether this key has signed the note. */
export const isSignedBy = ({ text, signatures }: SignedNote, { name, keyId, key }: PublicKey): boolean =>
  signatures.some(
    (each) =>
      each.name === name &&
      each.keyId === keyId &&
      verify(null, Buffer.from(text), key, Buffer.from(each.signature, 'base64')),
  );

/** The head that a kept checkpoint holds, with the signature of its log. Throws {@link MalformedNote}. */
export function signedHeadOf(note: SignedNote) {
  const head = readCheckpoint(note.text);
  const own = note.signatures.find(({ name }) => name === head.origin);
  if (!own) throw new MalformedNote('The log itself has not signed it.');
  return { ...head, keyId: own.keyId, signature: own.signature, note: noteText(note) };
}
