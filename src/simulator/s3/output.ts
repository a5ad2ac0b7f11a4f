/** What an S3 operation answers: headers, and a body of XML or text. */

/** At most one of `xml` and `text`; `xml` has one member, the root element with its content. */
export type Output = Readonly<Record<string, unknown>> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly xml?: Readonly<Record<string, unknown>>;
  readonly text?: string;
};

/** The content of an element without any. */
export const emptyTree = '';
