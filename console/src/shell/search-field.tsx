/** A field to search by: what is typed counts once the typing pauses, so that a key draws the field alone and not the list below it. */
import TextFilter from '@cloudscape-design/components/text-filter';
import { useEffect, useRef, useState } from 'react';
import { shellText } from '../text/shell.js';

const pauseMs = 250;

interface Search {
  readonly value: string;
  readonly label: string;
  readonly change: (value: string) => void;
}

/** The text as it is typed; one that comes from elsewhere, as from an address, takes its place. */
function useTyped({ value, change }: Search) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      change(typed);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, change]);
  return [typed, setTyped] as const;
}

export function SearchField(search: Search) {
  const [typed, setTyped] = useTyped(search);
  return (
    <TextFilter
      filteringText={typed}
      filteringPlaceholder={search.label}
      filteringAriaLabel={search.label}
      filteringClearAriaLabel={shellText.clear}
      onChange={({ detail }) => setTyped(detail.filteringText)}
    />
  );
}
