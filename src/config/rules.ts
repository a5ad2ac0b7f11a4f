/** What each kind of setting may be, as data: one rule a kind, each with the words for what is allowed. */

export interface Rule {
  /** What would be right, in words. */
  readonly allowed: string;
  /** What is wrong with the value, in words that follow its name; `undefined` when it is right. */
  problem(value: unknown): string | undefined;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** Whether only this machine is reached under the name or address. */
export const isThisMachine = (host: string): boolean => loopback.test(host);

/** Text of which the whole matches the pattern. */
export function text(pattern: RegExp, allowed: string, wrong = 'has the wrong form'): Rule {
  return { allowed, problem: (value) => notText(value) ?? (pattern.test(String(value)) ? undefined : wrong) };
}

function notText(value: unknown): string | undefined {
  if (value === undefined) return 'is missing';
  if (value === null || value === '') return 'is empty';
  if (typeof value === 'number') return 'is a number; put quotes round it to make it text';
  return typeof value === 'string' ? undefined : 'is not text';
}

/** A whole number, both ends allowed. */
export function wholeNumber(least: number, most: number): Rule {
  return {
    allowed: `a whole number from ${least} to ${most}`,
    problem(value) {
      if (value === undefined) return 'is missing';
      if (value === null) return 'is empty';
      if (!Number.isInteger(value)) return 'is not a whole number';
      return Number(value) < least || Number(value) > most ? 'is out of range' : undefined;
    },
  };
}

/** A list with at least one entry, each of which follows the rule and stands there once. */
export function listOf(entry: Rule): Rule {
  const any = anyOf(entry);
  const problem = (value: unknown): string | undefined =>
    Array.isArray(value) && value.length === 0 ? 'is empty' : any.problem(value);
  return { allowed: `a list of at least one entry, each ${entry.allowed}, none twice`, problem };
}

/** A list, perhaps an empty one, whose entries each follow the rule and stand there once. */
export function anyOf(entry: Rule): Rule {
  return {
    allowed: `a list, each entry ${entry.allowed}, none twice`,
    problem(value) {
      if (value === undefined) return 'is missing';
      if (!Array.isArray(value)) return 'is not a list';
      const wrong = value.findIndex((one) => entry.problem(one));
      if (wrong >= 0) return `has a wrong entry, number ${wrong + 1}: it ${entry.problem(value[wrong])}`;
      const twice = value.find((one, index) => value.indexOf(one) !== index);
      return twice === undefined ? undefined : `has ${twice} twice`;
    },
  };
}

/** One of a few words. */
export const oneOf = (...words: readonly string[]): Rule =>
  text(new RegExp(`^(${words.join('|')})$`), words.join(' or '), 'is not supported');

/** A rule that also allows the empty text, which then means what `meaning` says. */
export const orEmpty = (rule: Rule, meaning: string): Rule => ({
  allowed: `${rule.allowed}, or '' for ${meaning}`,
  problem: (value) => (value === '' ? undefined : rule.problem(value)),
});

/** A rule for a list that also allows the word `all`. */
export const orAll = (rule: Rule): Rule => ({
  allowed: `${rule.allowed}, or all`,
  problem: (value) => (value === 'all' ? undefined : rule.problem(value)),
});

/** An address without a password in it: https, or plain http on this machine alone, where nobody listens in between. */
export const webAddress: Rule = {
  allowed: 'a URL with https, or with http for this machine (localhost or 127.0.0.1), without user and password',
  problem(value) {
    const wrong = notText(value);
    if (wrong) return wrong;
    const url = URL.parse(String(value));
    if (!url) return 'is not a URL';
    if (url.username || url.password) return 'has a user or password in it';
    if (url.protocol === 'https:') return undefined;
    if (url.protocol !== 'http:') return 'is neither http nor https';
    return isThisMachine(url.hostname) ? undefined : 'uses plain http for another machine';
  },
};

/** A connection string of EventStoreDB's client. Source: EventStoreDB, "Connection string". */
export const eventStoreAddress: Rule = {
  allowed:
    'esdb://HOST:PORT, several of them with commas, or esdb+discover://NAME:PORT; user and password in the environment',
  problem(value) {
    const wrong = notText(value);
    if (wrong) return wrong;
    if (/^[a-z+]+:\/\/[^/?]*@/.test(String(value))) return 'has a user or password in it';
    return /^esdb(\+discover)?:\/\/[\w.:,[\]-]+\/?(\?[\w.=&%+:/-]*)?$/.test(String(value))
      ? undefined
      : 'is no address of an EventStoreDB';
  },
};
export const logPrefix = text(/^[a-z][a-z0-9]{1,31}$/, '2 to 32 small letters and digits, a letter first');
export const plainText = text(/^[^\p{Cc}]{1,200}$/u, '1 to 200 printable characters');
export const resellerName = text(/^[\x20-\x7e\u00a1-\u00ff]{1,64}$/, '1 to 64 printable Latin characters');
/** In front of names of IAM objects, and in lower case of buckets, which are short and start with a letter. */
export const objectPrefix = text(/^[A-Za-z][A-Za-z0-9]{1,11}$/, '2 to 12 letters and digits, a letter first');
export const shortId = text(/^[a-z0-9][a-z0-9-]{0,31}$/, '1 to 32 small letters, digits and hyphens');
/** Source: C2SP, signed-note: neither spaces nor a plus sign. */
export const logName = text(
  /^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/,
  'a name such as reseller.example/partner-cloud, without spaces',
);
export const territoryCode = text(/^[A-Z]{2,8}$/, '2 to 8 capital letters, such as US');
export const hostName = text(/^[A-Za-z0-9.:-]{1,255}$/, 'a host name or address to listen on');
/** An origin as browsers send it. */
export const browserOrigin: Rule = {
  allowed: 'an origin such as https://console.example, without a path, or http for this machine',
  problem: (value) =>
    webAddress.problem(value) ?? (URL.parse(String(value))?.origin === value ? undefined : 'is more than an origin'),
};

/** A file or a web address; which of both is told by `://`. */
export const fileOrAddress: Rule = {
  allowed: `a file, or ${webAddress.allowed}`,
  problem: (value) => notText(value) ?? (String(value).includes('://') ? webAddress.problem(value) : undefined),
};

/** A variable of the environment that is text already. */
export const asText = (text: string): string => text;

/** A variable of the environment that is a whole number; any other text stays what it is, for its rule to refuse. */
export const asWholeNumber = (text: string): unknown => (/^\d+$/.test(text) ? Number(text) : text);

/** The places of values that stood in the list before. */
export const repeated = (values: readonly string[]): readonly number[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
