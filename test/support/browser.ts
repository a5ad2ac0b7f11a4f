/** A browser as far as signing in needs one: it keeps cookies and follows redirects until they leave the issuer. */
export interface Shown {
  readonly at: URL;
  readonly page: string;
  readonly status: number;
}

/** A browser with no cookies yet; a form is sent with POST. */
export function browserAt(issuer: string) {
  const cookies = new Map<string, string>();
  return async function open(url: string, form?: Readonly<Record<string, string>>): Promise<Shown> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) return { at: new URL(url), page: await answer.text(), status: answer.status };
    const next = new URL(location, url);
    if (next.origin !== issuer) return { at: next, page: '', status: answer.status };
    return open(next.href);
  };
}
