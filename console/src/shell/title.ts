import { useEffect } from 'react';
import { shellText } from '../text/shell.js';

/** What the browser's tab says while this is drawn. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} | ${shellText.product}`;
  }, [page]);
}
