/** Notices that outlive the page that gave them, such as that something was done. */
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { shellText } from '../text/shell.js';

interface Notice {
  readonly id: string;
  readonly type: 'success' | 'info' | 'error';
  readonly content: ReactNode;
}

type Notify = (notice: Omit<Notice, 'id'>) => void;

const NotifyContext = createContext<Notify>(() => undefined);
const NoticesContext = createContext<readonly FlashbarProps.MessageDefinition[]>([]);

export const useNotify = (): Notify => useContext(NotifyContext);

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const notify = useCallback<Notify>((notice) => {
    setNotices((before) => [...before, { ...notice, id: crypto.randomUUID() }]);
  }, []);
  const items = useMemo(
    () =>
      notices.map(({ id, type, content }) => ({
        id,
        type,
        content,
        dismissible: true,
        dismissLabel: shellText.dismiss,
        onDismiss: () => setNotices((before) => before.filter((each) => each.id !== id)),
      })),
    [notices],
  );
  return (
    <NotifyContext value={notify}>
      <NoticesContext value={items}>{children}</NoticesContext>
    </NotifyContext>
  );
}

/** Where the notices are drawn, below those that the shell itself has. */
export function Notices({ more }: { readonly more: readonly FlashbarProps.MessageDefinition[] }) {
  return <Flashbar items={[...more, ...useContext(NoticesContext)]} />;
}
