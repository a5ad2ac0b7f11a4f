/** The words the simulator is written in: one operation is one function from a call to an answer, over one store of documents. */

/** An HTTP request as it came over the wire (header names in lower case). */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the transport does around an answer: wait before sending it, or break the connection instead of sending it. */
interface Effects {
  readonly delayMs: number;
  readonly drop: boolean;
}

export interface Answer {
  readonly response: WireResponse;
  readonly effects: Effects;
}

/** Who signed the request: a user, an assumed role, or the root user of one account. */
export interface Principal {
  readonly type: 'user' | 'role-session' | 'root';
  readonly account: string;
  readonly arn: string;
  /** For an assumed role the ARN of the role itself, which is what trust policies name; else the same as `arn`. */
  readonly roleArn: string;
  /** `AIDA…` of the user, `AROA…` of the role, or the account of the root user. */
  readonly uniqueId: string;
  /** The unique id AWS reports as UserId, such as `AROA…:session`. */
  readonly userId: string;
  /** True for the credentials of a role; assuming another role with them is role chaining. */
  readonly chained: boolean;
}

/** The simulated AWS as one function over its documents. */
export interface Simulator {
  /** Answers one request at one moment (milliseconds since the epoch), in one transaction. */
  handle(request: WireRequest, now: number): Answer;
  close(): void;
}

/** How long AWS takes for things, in milliseconds of the simulator's clock. */
export interface Latencies {
  /** From CreateAccount to SUCCEEDED or FAILED. */
  readonly createAccountMs: number;
  /** From SUCCEEDED until the new account's default role can be assumed. */
  readonly roleAssumableMs: number;
  /** From SUCCEEDED until the account's services stop answering their young-account errors. */
  readonly servicesReadyMs: number;
  /** How long IAM and S3 bucket policies take to be seen by other services. */
  readonly propagationMs: number;
  /** How long a new or changed account is missing from the lists of Organizations. */
  readonly listLagMs: number;
  /** From EnableRegion until the region serves the account. */
  readonly enableRegionMs: number;
  /** Every call takes this long on the wire. */
  readonly callMs: number;
}

/** All state of the simulated AWS, as JSON documents by kind, account and key; one transaction a request. */
export interface Documents {
  get<T>(kind: string, account: string, key: string): T | undefined;
  put(kind: string, account: string, key: string, document: unknown): void;
  remove(kind: string, account: string, key: string): void;
  /** All documents of a kind in an account, ordered by key; `account` `*` means of every account. */
  list<T>(kind: string, account: string): T[];
  /** The next so many documents of a kind in the accounts after this one, ordered by account and key. */
  listAfter<T>(kind: string, account: string, limit: number): T[];
}

/** One decoded, authenticated call of an AWS operation. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** The account the call acts in: that of the principal. */
  readonly account: string;
  readonly region: string;
  readonly principal: Principal;
  readonly input: Readonly<Record<string, unknown>>;
  /** The simulator's clock, milliseconds since the epoch. */
  readonly now: number;
  readonly documents: Documents;
  readonly latencies: Latencies;
  /** A fresh unique suffix of lower-case letters and digits, the same for the same history of the simulator. */
  readonly uniqueId: (length: number) => string;
}

/** Answers a call with the output members of AWS's own shape, or throws an {@link AwsError}. */
export type Operation = (call: Call) => Readonly<Record<string, unknown>>;

/** The operations of one service by their AWS names. */
export type Operations = Readonly<Record<string, Operation>>;

/** An error AWS answers with: its wire code, HTTP status, message, and further members such as `Reason`. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** How one service speaks: from a request to an operation's name and input, and from output or error to a response. */
export interface Wire {
  /** Whether a request that names no service speaks as this one does. */
  speaks(request: WireRequest): boolean;
  /** `undefined` when the request names no operation. Timestamps and blobs stay as they are on the wire. */
  decode(
    request: WireRequest,
  ): { readonly operation: string; readonly input: Readonly<Record<string, unknown>> } | undefined;
  /** Output members of type Date become the protocol's timestamps; `undefined` members are left out. */
  encode(operation: string, output: Readonly<Record<string, unknown>>, requestId: string): WireResponse;
  fail(error: AwsError, requestId: string): WireResponse;
}

/** One AWS service: its name, its protocol, its operations. */
export interface Service {
  /** The name requests are signed for (`iam`, `s3`, `config`…), unless {@link signedAs} says another. */
  readonly name: string;
  /** The name requests are signed for where another service is signed for it too; the wires tell them apart. */
  readonly signedAs?: string;
  readonly wire: Wire;
  readonly operations: Operations;
  readonly inputs: OperationInputs;
}

/** The members that each operation reads, as paths such as `Tags.Key`; what is at the end of a path is taken whole. */
export type OperationInputs = Readonly<Record<string, readonly string[]>>;
