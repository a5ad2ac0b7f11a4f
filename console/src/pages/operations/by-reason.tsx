/** A sentence about a table, and how many of its rows there are by their reason. */
import Badge, { type BadgeProps } from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { countBy } from '../../format/count.js';
import { operationsText as text } from '../../text/operations.js';

interface Counted<T> {
  readonly words: string;
  readonly items: readonly T[];
  readonly reasonOf: (item: T) => string;
  readonly color?: BadgeProps['color'];
}

export const ByReason = <T,>({ words, items, reasonOf, color = 'blue' }: Counted<T>) => (
  <SpaceBetween size="xs" direction="horizontal">
    <span>{words}</span>
    {countBy(items, reasonOf).map(([reason, count]) => (
      <Badge key={reason} color={color}>
        {text.byReason(reason, count)}
      </Badge>
    ))}
  </SpaceBetween>
);
