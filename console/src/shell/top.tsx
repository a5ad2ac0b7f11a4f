/** The bar on top: the product, the appearance, and who is signed in. */
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useNavigate } from 'react-router';
import { usePerson } from '../auth/person.js';
import { signOut } from '../auth/session.js';
import { shellText } from '../text/shell.js';
import { type Appearance, choose, useAppearance } from './mode.js';
import styles from './top.module.css';

/** What the frame keeps clear of. */
export const topId = 'top';

const appearances = Object.entries(shellText.appearances) as [Appearance, string][];

export function Top() {
  const person = usePerson();
  const appearance = useAppearance();
  const navigate = useNavigate();
  const roles = person.roles.map((role) => shellText.roles[role] ?? role).join(', ');
  const utilities: TopNavigationProps.Utility[] = [
    {
      type: 'menu-dropdown',
      iconName: 'settings',
      ariaLabel: shellText.appearance,
      title: shellText.appearance,
      items: appearances.map(([id, text]) => ({
        id,
        text,
        itemType: 'checkbox' as const,
        checked: id === appearance,
      })),
      onItemClick: ({ detail }) => choose(detail.id as Appearance),
    },
    {
      type: 'menu-dropdown',
      iconName: 'user-profile',
      text: person.name,
      description: `${roles} · ${person.organization ?? shellText.resellerStaff}`,
      items: [{ id: 'sign-out', text: shellText.signOut }],
      onItemClick: () => signOut(),
    },
  ];
  return (
    <div id={topId} className={styles.top}>
      <TopNavigation
        identity={{
          href: '/',
          title: shellText.product,
          onFollow(event) {
            event.preventDefault();
            navigate('/');
          },
        }}
        utilities={utilities}
      />
    </div>
  );
}
