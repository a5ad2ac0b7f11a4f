/** Reads a message of Protocol Buffers field by field, without making an object of it. Source: protobuf.dev, Encoding. */

const varint = 0;
const eightBytes = 1;
const lengthDelimited = 2;
const fourBytes = 5;

export class ProtoFields {
  /** The number of the field that {@link next} came to. */
  field = 0;
  #wireType = 0;
  #at: number;

  constructor(
    readonly bytes: Buffer,
    from = 0,
    readonly end = bytes.length,
  ) {
    this.#at = from;
  }

  /** Goes to the next field; its value must then be read or skipped. False at the end of the message. */
  next(): boolean {
    if (this.#at >= this.end) return false;
    const tag = this.integer();
    this.field = Math.floor(tag / 8);
    this.#wireType = tag % 8;
    return true;
  }

  /** An unsigned number; one beyond 2^53 is not exact. */
  integer(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      if (byte < 128) return value + byte * scale;
      value += (byte - 128) * scale;
    }
  }

  /** An unsigned number of 64 bits. */
  uint64(): bigint {
    const from = this.#at;
    const near = this.integer();
    if (near <= Number.MAX_SAFE_INTEGER) return BigInt(near);
    let value = 0n;
    for (let at = this.#at - 1; at >= from; at--) value = value * 128n + BigInt(this.bytes.readUInt8(at) % 128);
    return value;
  }

  /** A view of the bytes, which are shared with the whole message. */
  slice(): Buffer {
    const from = this.#length();
    return this.bytes.subarray(from, this.#at);
  }

  text(): string {
    const from = this.#length();
    return this.bytes.toString('utf8', from, this.#at);
  }

  /** The fields of a message within this one. */
  within(): ProtoFields {
    const from = this.#length();
    return new ProtoFields(this.bytes, from, this.#at);
  }

  skip(): void {
    if (this.#wireType === varint) this.integer();
    else if (this.#wireType === lengthDelimited) this.#length();
    else if (this.#wireType === eightBytes) this.#move(8);
    else if (this.#wireType === fourBytes) this.#move(4);
    else throw new RangeError(`a field of wire type ${this.#wireType}, which no message of the server has`);
  }

  /** Goes behind a value with a length, and answers where it begins. */
  #length(): number {
    const bytes = this.integer();
    const from = this.#at;
    this.#move(bytes);
    return from;
  }

  #move(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.end) throw new RangeError('the message ends within a field');
  }

  #byte(): number {
    const at = this.#at;
    this.#move(1);
    return this.bytes[at] ?? 0;
  }
}
