/** Documents as React elements: whatever is no Markdown that documents use stays text, so nothing is ever parsed as markup. */
import Link from '@cloudscape-design/components/link';
import TextContent from '@cloudscape-design/components/text-content';
import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode } from 'react';

const safe = (href: string): string | undefined => (/^(https:|mailto:)/.test(href) ? href : undefined);

/** The tokens of a document never move, so their place is their key. */
const keyed = (tokens: readonly Token[]): readonly (readonly [string, Token])[] =>
  tokens.map((token, place) => [`${place} ${token.type}`, token]);

const all = (tokens: readonly Token[] = []): ReactNode =>
  keyed(tokens).map(([key, token]) => <Fragment key={key}>{drawn(token)}</Fragment>);

/** A document's own title stands below the title of the page. */
function heading({ depth, tokens }: Tokens.Heading): ReactNode {
  const Heading = `h${Math.min(depth + 1, 5)}` as 'h2';
  return <Heading>{all(tokens)}</Heading>;
}

function list({ ordered, items }: Tokens.List): ReactNode {
  const List = ordered ? 'ol' : 'ul';
  return <List>{all(items)}</List>;
}

const link = ({ href, text }: Tokens.Link): ReactNode => {
  const address = safe(href);
  return address === undefined ? (
    text
  ) : (
    <Link external href={address}>
      {text}
    </Link>
  );
};

const drawings: Readonly<Record<string, (token: never) => ReactNode>> = {
  heading,
  list,
  link,
  paragraph: ({ tokens }: Tokens.Paragraph) => <p>{all(tokens)}</p>,
  list_item: ({ tokens }: Tokens.ListItem) => <li>{all(tokens)}</li>,
  strong: ({ tokens }: Tokens.Strong) => <strong>{all(tokens)}</strong>,
  em: ({ tokens }: Tokens.Em) => <em>{all(tokens)}</em>,
  codespan: ({ text }: Tokens.Codespan) => <code>{text}</code>,
  text: ({ tokens, text }: Tokens.Text) => (tokens ? all(tokens) : text),
  space: () => null,
};

const drawn = (token: Token): ReactNode => drawings[token.type]?.(token as never) ?? token.raw;

export const Markdown = ({ source }: { readonly source: string }) => <TextContent>{all(lexer(source))}</TextContent>;
