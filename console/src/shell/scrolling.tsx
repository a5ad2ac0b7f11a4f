import type { ReactNode } from 'react';
import styles from './scrolling.module.css';

interface Scrolling {
  /** What the region is, for whoever cannot see it. */
  readonly label: string;
  /** Text for programs goes sideways, a document down. */
  readonly kind: 'code' | 'document';
  readonly children: ReactNode;
}

/** A region that scrolls by itself; it takes the focus, because otherwise a keyboard could not scroll it. */
export const Scrolling = ({ label, kind, children }: Scrolling) => (
  <section className={styles[kind]} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
